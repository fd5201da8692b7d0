import type { StepContext } from "../../../model/step.ts";

/** Table of a load: one of its own for every run, so that no rows of another are counted. */
export const tableOf = ({ attempt }: Pick<StepContext, "attempt">): string =>
  `watchbook_load_${attempt.run.replaceAll(/[^A-Za-z0-9]/g, "_").toLowerCase()}`.slice(0, 60);
