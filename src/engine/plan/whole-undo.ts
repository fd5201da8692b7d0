import type { Book } from "../../model/book.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { RunbookSpec } from "../../model/runbook-spec.ts";
import type { Draft } from "./draft.ts";
import { expand } from "./expand.ts";
import { findRunbook } from "./find.ts";

/** The runbook that undoes another one as a whole, as one step; `broken` when it cannot be one. */
export interface WholeUndo {
  readonly runbook: Runbook;
  readonly draft?: Draft;
}

/** What undoes the runbook as a whole: what watchbook.yaml names, else the rollback that stands beside it in the manual. */
export function wholeUndo(book: Book, runbook: Runbook, spec: RunbookSpec | undefined): WholeUndo | undefined {
  const name = spec?.undo ?? runbook.rollback;
  if (name === undefined || name === false) return undefined;
  const found = findRunbook(book, name);
  const { steps } = expand(book, found, [runbook.id]);
  const done = steps.filter((step) => step.skip === undefined && step.held !== "manual-only");
  const [first] = done;
  const whole = done.every(
    (step) => step.kind === "shell" && step.cwd === first?.cwd && step.place === first?.place && !step.with,
  );
  if (!first || !whole || found.status === "planned") return { runbook: found };
  return { runbook: found, draft: joined(found, first, done) };
}

/** Steps of a shell one behind the other, in one shell that ends at the first that fails. */
function joined(runbook: Runbook, first: Draft, steps: readonly Draft[]): Draft {
  const commands = steps.flatMap((step) => step.commands);
  let before = 0;
  const blanks = steps.flatMap((step) => {
    const shift = before;
    before += step.commands.length;
    return step.blanks.map((blank) => ({ ...blank, command: blank.command + shift }));
  });
  const held = steps.find((step) => step.held !== undefined)?.held;
  const limit = steps.reduce((sum, step) => sum + (step.timeoutMs ?? 0), 0);
  return {
    id: runbook.id,
    title: runbook.title,
    kind: "shell",
    commands,
    blanks,
    details: [],
    role: "rollback",
    runbook: runbook.id,
    source: runbook.source,
    outputs: [],
    ...(first.cwd === undefined ? {} : { cwd: first.cwd }),
    ...(first.place === undefined ? {} : { place: first.place }),
    ...(first.block === undefined ? {} : { block: first.block }),
    ...(held === undefined ? {} : { held }),
    ...(limit > 0 && { timeoutMs: limit }),
  };
}
