import { EXIT, WatchbookError } from "../../../model/error.ts";
import { nearest } from "../../../model/nearest.ts";
import type { Store } from "../../../store/store.ts";
import { unknownRun } from "../runner.ts";

/** Of so many newest runs a part of the id is enough. */
const NEWEST = 10_000;
/** Ids that a sentence names. */
const MOST = 6;

/** Id of the run that a person means: the id, a beginning or end of it that only one has, or `last`. */
export async function findRun(store: Pick<Store, "run" | "runs">, name: string): Promise<string> {
  if (name !== "last" && (await store.run(name)) !== undefined) return name;
  const ids = (await store.runs({ limit: NEWEST })).map(({ id }) => id);
  if (name === "last") {
    const [last] = ids;
    if (last === undefined) throw new WatchbookError("RUN-NONE", {}, { exit: EXIT.input });
    return last;
  }
  const fitting = name === "" ? [] : ids.filter((id) => id.startsWith(name) || id.endsWith(name));
  const [one] = fitting;
  if (one !== undefined && fitting.length === 1) return one;
  if (one !== undefined)
    throw new WatchbookError("RUN-AMBIGUOUS", { run: name, ids: fitting.slice(0, MOST) }, { exit: EXIT.input });
  const near = nearest(name, ids);
  throw near === undefined
    ? unknownRun(name)
    : new WatchbookError("RUN-UNKNOWN-NEAR", { run: name, near }, { exit: EXIT.input });
}
