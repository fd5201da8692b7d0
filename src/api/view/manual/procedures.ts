import { existsSync } from "node:fs";
import { basename } from "node:path";
import { findService, specOf } from "../../../engine/plan/find.ts";
import { may, type Grant } from "../../../model/access.ts";
import type { Book } from "../../../model/book.ts";
import { WatchbookError } from "../../../model/error.ts";
import { isEnded, type RunRecord } from "../../../model/run.ts";
import type { Runbook } from "../../../model/runbook.ts";
import type { Procedure } from "../../contract.ts";
import type { Parts } from "../../front.ts";

/** Newest runs of one procedure among which its last proof is looked for. */
const LOOKED = 50;

/** Whether somebody may begin it anywhere. Of a service that the book does not name: nobody may. */
function mayRun(book: Book, runbook: Runbook, grants: readonly Grant[]): boolean {
  try {
    const service = findService(book, runbook, specOf(book, runbook))?.id;
    const places = [undefined, ...book.environments.map(({ id }) => id)];
    return places.some((environment) => may(grants, "run.begin", { service, environment }));
  } catch (error) {
    if (error instanceof WatchbookError) return false;
    throw error;
  }
}

type Last = NonNullable<Procedure["last"]>;

/** What this host's verifier makes of the evidence of a run. */
async function provenBy(daemon: Parts["daemon"], run: RunRecord): Promise<Last> {
  const at = run.ended ?? run.updated;
  const { evidence } = run;
  if (evidence === undefined) return { run: run.id, at, verdict: "unverified", evidence: null };
  const of = { run: run.id, at, evidence: basename(evidence) };
  if (!existsSync(evidence)) return { ...of, verdict: "removed", evidence: null };
  const found = await daemon.house.verify?.(daemon.book().open.root, evidence, { requireFaultStep: false });
  return { ...of, verdict: found?.verdict ?? "unverified" };
}

/** Procedures of one document: who asks may run them or not, and what their last run has proven. A rehearsal proves nothing. */
export async function proceduresOf(
  daemon: Parts["daemon"],
  file: string,
  grants: readonly Grant[],
): Promise<readonly Procedure[]> {
  const { book } = daemon.book().open;
  const here = book.runbooks.filter(({ source }) => source.file === file);
  return Promise.all(
    here.map(async (runbook) => {
      const runs = await daemon.house.store.runs({ runbook: runbook.id, limit: LOOKED });
      const last = runs.find(({ state, rehearsal }) => isEnded(state) && !rehearsal);
      const { id, source } = runbook;
      const may = mayRun(book, runbook, grants);
      return { id, line: source.line, may, last: last ? await provenBy(daemon, last) : null };
    }),
  );
}
