import type { StepContext } from "../../../model/step.ts";
import type { Repository } from "./fields.ts";

/** Names of sets and of runs are one: `r20261120-083300-1f3a5b7c`. */
export const SET_ID = /^r\d{8}-\d{6}-[0-9a-f]{8}$/;

/** Folder of all sets of one name. */
export const repositoryOf = ({ into, set }: Repository): string => `${into}/${set}`;

/** Variables that every program of a backup finds. */
export const places = (given: Repository, { attempt }: Pick<StepContext, "attempt">) => ({
  WB_REPOSITORY: repositoryOf(given),
  /** While it is taken: nothing that is not whole bears a set's name. */
  WB_SET: `${repositoryOf(given)}/.taking-${attempt.run}`,
  WB_SET_ID: attempt.run,
});

/** Place of one restore. */
export const placeOf = (place: string, { attempt }: Pick<StepContext, "attempt">): string => `${place}/${attempt.run}`;

/** Where sets of another place lie while one of them is restored: cleared away with the restore's own place. */
export const broughtTo = (place: string, context: Pick<StepContext, "attempt">): string =>
  `${placeOf(place, context)}/.sets`;
