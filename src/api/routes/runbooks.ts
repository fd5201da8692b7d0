import { specOf } from "../../engine/plan/find.ts";
import type { RunRecord } from "../../model/run.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { Book } from "../../model/book.ts";
import { runbooksRoute, type RunbookListed } from "../contract.ts";
import type { Api, RunsParts } from "../front.ts";

/** Runs that are looked at for the last one of each runbook. */
const NEWEST = 1000;

function listed(book: Book, runbook: Runbook, last: RunRecord | undefined): RunbookListed {
  const { id, title, number = null, kind, service = null, source, steps } = runbook;
  const spec = specOf(book, runbook);
  return {
    ...{ id, title, number, kind, source },
    service: spec?.service ?? service,
    steps: steps.length,
    params: (spec?.params ?? []).map(({ name, type, title: said = null, default: given = null, choices }) => ({
      ...{ name, type, title: said, default: given },
      choices: [...choices],
    })),
    last: last ? { run: last.id, state: last.state, at: last.created, rehearsal: last.rehearsal } : null,
  };
}

export function runbookRoutes(app: Api, { daemon }: RunsParts): void {
  app.openapi(runbooksRoute, async (c) => {
    const { book } = daemon.book().open;
    const last = new Map<string, RunRecord>();
    for (const run of await daemon.runs.list({ limit: NEWEST })) if (!last.has(run.runbook)) last.set(run.runbook, run);
    const environments = book.environments.map(({ id, name, protected: is }) => ({ id, name, protected: is }));
    return c.json({ environments, runbooks: book.runbooks.map((one) => listed(book, one, last.get(one.id))) }, 200);
  });
}
