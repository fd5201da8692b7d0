import type { Book } from "../../../model/book.ts";
import type { ChangeKind } from "../../../model/change.ts";
import type { Plan } from "../../../model/plan.ts";
import type { RunbookKind } from "../../../model/runbook.ts";

const KINDS: Readonly<Partial<Record<RunbookKind, ChangeKind>>> = {
  upgrade: "release",
  deploy: "release",
  rollback: "rollback",
  restore: "restore",
  failover: "failover",
  restart: "restart",
  backup: "backup",
};

/** What sort of change a run of this plan is: what its runbook is for, as far as the book still knows it; a rollout is a release. */
export function kindOf(
  book: Book,
  { runbook, rollout, drill }: Pick<Plan, "runbook" | "rollout" | "drill">,
): ChangeKind {
  const kind = book.runbooks.find(({ id }) => id === runbook)?.kind ?? drill?.kind ?? "other";
  return KINDS[kind] ?? (rollout ? "release" : "procedure");
}
