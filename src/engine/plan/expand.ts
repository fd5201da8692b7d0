import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { RunbookSpec } from "../../model/runbook-spec.ts";
import type { Draft } from "./draft.ts";
import { draftsOf } from "./drafts.ts";
import type { Drafts } from "./drafts.ts";
import { findRunbook, specOf } from "./find.ts";

/** A runbook with its sub-runbooks in their places, and every runbook that had a part in it. */
export interface Expanded extends Drafts {
  readonly parts: readonly Part[];
}

export interface Part {
  readonly runbook: Runbook;
  readonly spec?: RunbookSpec;
  /** Id of the step in whose place it stands; absent: the outermost one. */
  readonly at?: string;
}

/** Steps of kind `runbook` become the steps of that runbook, their ids behind the step's. Rejects with RUNBOOK-CYCLE. */
export function expand(book: Book, runbook: Runbook, above: readonly string[] = []): Expanded {
  if (above.includes(runbook.id))
    throw new WatchbookError(
      "RUNBOOK-CYCLE",
      { chain: [...above, runbook.id].join(" → ") },
      { source: runbook.source },
    );
  const spec = specOf(book, runbook);
  const own = draftsOf(book, runbook, spec);
  const steps: Draft[] = [];
  const others: Draft[] = [...own.others];
  const parts: Part[] = [{ runbook, ...(spec && { spec }) }];
  for (const draft of own.steps) {
    if (draft.kind !== "runbook" || draft.skip !== undefined) {
      steps.push(draft);
      continue;
    }
    const name = draft.with?.["runbook"];
    const inner = findRunbook(book, typeof name === "string" ? name : "");
    const found = expand(book, inner, [...above, runbook.id]);
    steps.push(
      ...placed(
        draft,
        found.steps.map((step) => prefixed(step, draft.id, inner.id)),
      ),
    );
    others.push(...found.others.map((step) => prefixed(step, draft.id, inner.id)));
    for (const part of found.parts)
      parts.push({ ...part, at: part.at === undefined ? draft.id : idInside(part.at, draft.id, inner.id) });
  }
  return { steps, others, parts };
}

/** Id of a step of a runbook that stands in the place of another step: `switch/1` of `switch` at `SOP-02/2` is `SOP-02/2/1`. */
export const idInside = (id: string, at: string, runbook: string): string =>
  `${at}/${id.startsWith(`${runbook}/`) ? id.slice(runbook.length + 1) : id}`;

function prefixed(draft: Draft, prefix: string, runbook: string): Draft {
  const now = (id: string): string => idInside(id, prefix, runbook);
  const { verify, undo, until } = draft;
  return {
    ...draft,
    id: now(draft.id),
    ...(verify === undefined ? {} : { verify: now(verify) }),
    ...(undo === undefined ? {} : { undo: now(undo) }),
    ...(until === undefined ? {} : { until: now(until) }),
  };
}

/** What is said of the whole is said of its first step (approval, warning, undo) and of its last one (verify). */
function placed(whole: Draft, steps: readonly Draft[]): readonly Draft[] {
  return steps.map((step, index) => ({
    ...step,
    ...(index === 0 && {
      ...(whole.approve && { approve: whole.approve }),
      ...(whole.banner !== undefined && { banner: whole.banner }),
      ...(whole.undo !== undefined && { undo: whole.undo }),
    }),
    ...(index === steps.length - 1 && whole.verify !== undefined && { verify: whole.verify }),
    ...(whole.targets && !step.targets && { targets: whole.targets }),
  }));
}
