import type { Person } from "../../../model/config.ts";
import type { Entry } from "../../../model/journal.ts";
import { entryOf, type Action } from "../act.ts";
import { approvalEntry, questionsOf } from "../evidence/approval.ts";
import type { RunNow } from "../runner.ts";

/** What a person's action becomes, an approval judged by the book's people at `now` (milliseconds since the epoch). */
export function entryFor(run: RunNow, by: string, action: Action, people: readonly Person[], now: number): Entry {
  const entry = entryOf(run, by, action);
  if (entry.type !== "approval.given") return entry;
  const question = questionsOf(run).find(({ gate }) => gate === entry.gate);
  if (!question) throw new TypeError(`run ${run.record.id} waits for ${entry.gate}, but nobody was asked`);
  return approvalEntry(question, people, entry, now);
}
