import type { Alert, AlertGroup, NoticeRecord, Watch } from "../../model/alert.ts";
import type { Silence } from "../../model/silence.ts";
import type { Desk } from "./desk.ts";

/** Records as a store gives them back; what is over among them is passed over. */
export interface Kept {
  readonly watches: readonly Watch[];
  /** Open ones, and those that `wantedOf` names. */
  readonly alerts: readonly Alert[];
  readonly groups: readonly AlertGroup[];
  readonly silences: readonly Silence[];
  readonly notices: readonly NoticeRecord[];
}

/** Ids of alerts that somebody was told of, whether they are open or not. */
export const wantedOf = (groups: readonly AlertGroup[]): ReadonlySet<string> =>
  new Set(groups.flatMap(({ ended, told }) => (ended === undefined ? told.flatMap(({ alerts }) => alerts) : [])));

const by = <T>(key: (one: T) => string, list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [key(one), one]));

/** The desk as it was when these records were committed. */
export function deskOf({ watches, alerts, groups, silences, notices }: Kept): Desk {
  const wanted = wantedOf(groups);
  return {
    watches: by(({ key }) => key, watches),
    open: by(
      ({ key }) => key,
      alerts.filter(({ ended }) => ended === undefined),
    ),
    over: by(
      ({ id }) => id,
      alerts.filter(({ id, ended }) => ended !== undefined && wanted.has(id)),
    ),
    groups: by(
      ({ key }) => key,
      groups.filter(({ ended }) => ended === undefined),
    ),
    silences: by(({ id }) => id, silences),
    outbox: by(
      ({ id }) => id,
      notices.filter(({ state }) => state === "waiting"),
    ),
  };
}
