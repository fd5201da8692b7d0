import { specOf } from "../../../engine/plan/find.ts";
import type { Book } from "../../../model/book.ts";
import { isEnded, type RunRecord } from "../../../model/run.ts";
import type { RunbookKind } from "../../../model/runbook.ts";
import { OWN, type LastRun, type ServiceNow } from "../../contract.ts";

/** Service of each runbook, as its plan would have it, and its kind. */
const runbooksOf = (book: Book) =>
  new Map<string, { readonly service: string | undefined; readonly kind: RunbookKind }>(
    book.runbooks.map((one) => {
      const only = book.services.length === 1 ? book.services[0]?.id : undefined;
      return [one.id, { kind: one.kind, service: specOf(book, one)?.service ?? one.service ?? only }];
    }),
  );

const shown = (run: RunRecord | undefined): LastRun =>
  run
    ? { run: run.id, title: run.title, state: run.state, at: run.ended ?? run.created, rehearsal: run.rehearsal }
    : null;

/** What the runs on record say of a service. `runs` come newest first; what the book knows no more belongs to nobody. */
export function runsOf(book: Book, runs: readonly RunRecord[]): (id: string) => Pick<ServiceNow, "running" | "last"> {
  const known = runbooksOf(book);
  const ids = new Set(book.services.map(({ id }) => id));
  const of = Map.groupBy(runs, ({ runbook }) => {
    const service = known.get(runbook)?.service ?? "";
    return ids.has(service) ? service : OWN;
  });
  return (id) => {
    const own = of.get(id) ?? [];
    const sort = (run: RunRecord): "run" | "backup" | "drill" => {
      const kind = known.get(run.runbook)?.kind;
      if (kind === "backup") return "backup";
      return kind === "drill" || run.rehearsal ? "drill" : "run";
    };
    const good = (of: "backup" | "drill") => own.find((run) => run.state === "done" && sort(run) === of);
    const last = {
      run: shown(own.find((run) => sort(run) === "run")),
      backup: shown(good("backup")),
      drill: shown(good("drill")),
    };
    return { running: own.filter(({ state }) => !isEnded(state)).length, last };
  };
}
