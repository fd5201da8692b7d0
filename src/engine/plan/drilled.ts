import type { Book } from "../../model/book.ts";
import type { PlanObjective } from "../../model/plan.ts";
import { RECOVERIES, type Runbook } from "../../model/runbook.ts";
import { inForce } from "../../model/states.ts";
import { findService, specOf } from "./find.ts";
import { objectivesFor } from "./objectives.ts";

/** A runbook that is drilled, with what it is held to. */
export interface DrillableRunbook extends Pick<Runbook, "id" | "title" | "kind" | "every" | "source"> {
  readonly objectives: readonly PlanObjective[];
}

/** What is drilled of a book: recoveries, and whatever the manual wants done at intervals. */
export const drilledOf = (book: Book): readonly DrillableRunbook[] =>
  book.runbooks
    .filter(({ kind, status, every }) => inForce(status) && (RECOVERIES.has(kind) || every !== undefined))
    .map((runbook) => ({
      ...{ id: runbook.id, title: runbook.title, kind: runbook.kind, source: runbook.source },
      ...(runbook.every !== undefined && { every: runbook.every }),
      objectives: objectivesFor(book, runbook, findService(book, runbook, specOf(book, runbook))),
    }));
