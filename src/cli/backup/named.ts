import type { BackupSpec } from "../../model/backup.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import type { PlanRequest } from "../../model/plan.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

const list = (names: readonly string[]): string => (names.length === 0 ? "–" : names.slice(0, 12).join(", "));

/** Rejects with BACKUP-NONE, BACKUP-WHICH or BACKUP-UNKNOWN. */
export function namedBackup({ config }: Book, name: string | undefined): BackupSpec {
  const { backups } = config;
  const ids = backups.map(({ id }) => id);
  if (backups.length === 0) throw new WatchbookError("BACKUP-NONE", { file: config.file ?? "watchbook.yaml" });
  if (name === undefined) {
    if (backups.length === 1) return backups[0]!;
    throw new WatchbookError("BACKUP-WHICH", { known: list(ids) });
  }
  const found = backups.find(({ id }) => id === name);
  if (!found) throw new WatchbookError("BACKUP-UNKNOWN", { name, nearest: nearest(name, ids) ?? list(ids) });
  return found;
}

/** The environment that `--env` names, else that of the target, else the only one there is. Throws RUN-WHERE. */
export function environmentOf({ values }: Pick<Call, "values">, book: Book, target: string): string {
  const { environments } = book;
  const found =
    textOf(values, "env") ??
    book.config.targets.find(({ name }) => name === target)?.environment ??
    (environments.length === 1 ? environments[0]!.id : undefined);
  if (found === undefined) throw new WatchbookError("RUN-WHERE", { known: list(environments.map(({ id }) => id)) });
  return found;
}

/** What is asked for of one of a set's runbooks. */
export function requestFor(
  call: Pick<Call, "values">,
  book: Book,
  backup: BackupSpec,
  verb: "backup" | "restore" | "restore-over" | "examine" | "examine-copies" | "prune",
  params: Readonly<Record<string, string>> = {},
): PlanRequest {
  const target =
    verb === "restore" || verb === "examine-copies" ? (backup.restore.target ?? backup.target) : backup.target;
  return { runbook: `${verb}-${backup.id}`, environment: environmentOf(call, book, target), params };
}
