import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Journalled } from "../../../model/journal.ts";
import { nearest } from "../../../model/nearest.ts";
import { attemptsOf } from "./shown.ts";

/** Name of the output of an attempt of this run. Rejects with OUTPUT-UNKNOWN (nearest) for any other name. */
export function shownName(run: string, journal: readonly Journalled[], name: string): string {
  const known = attemptsOf(journal).map(({ log }) => log);
  if (known.includes(name)) return name;
  const near = nearest(name, known) ?? (known.slice(0, 12).join(", ") || "–");
  throw new WatchbookError("OUTPUT-UNKNOWN", { run, name, nearest: near }, { exit: EXIT.input });
}
