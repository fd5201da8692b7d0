import type { BackupSpec, Keep } from "../../../model/backup.ts";
import type { LintRule } from "../../../model/book.ts";
import type { Every } from "../../../model/every.ts";
import type { Finding } from "../../../model/finding.ts";
import type { BackupPolicy } from "../../../model/tables.ts";
import { fold } from "../../words/matcher.ts";
import { give } from "../give.ts";
import { DAYS, daysOf, NEARLY } from "../periods.ts";

/** Kinds whose tools have repositories, and so places, of their own. */
const PLACED: ReadonlySet<string> = new Set(["restic", "pgbackrest"]);

/** How far back a rule reaches, in days and in sets; one that keeps all reaches as far as anybody wants. */
function reachOf(keep: Keep, every: Every | undefined): { readonly days: number; readonly copies: number } {
  if (Object.keys(keep).length === 0) return { days: Infinity, copies: Infinity };
  const { copies = 0, days = 0, daily = 0, weekly = 0, monthly = 0 } = keep;
  const period = daysOf(every);
  const reached = Math.max(days, daily, weekly * DAYS.weekly, monthly * DAYS.monthly, copies * (period ?? 0));
  return { days: reached, copies: Math.max(copies, daily + weekly + monthly, days / (period ?? Infinity) / NEARLY) };
}

function keepsLess({ keep, every, parts }: BackupSpec, { retention }: BackupPolicy): boolean {
  const reach = reachOf(keep, every);
  if (retention.kind === "age") return reach.days < retention.days * NEARLY;
  if (retention.kind === "copies") return reach.copies < retention.copies;
  // Every key that ever was stays, whatever the rule says.
  return retention.kind === "forever" && reach.days !== Infinity && !parts.some(({ kind }) => kind === "key");
}

function isRarer({ every }: BackupSpec, row: BackupPolicy): boolean {
  const [taken, promised] = [daysOf(every), daysOf(row.every)];
  return taken !== undefined && promised !== undefined && taken > promised;
}

const kept = (keep: Keep): string =>
  Object.entries(keep)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");

function broken(backup: BackupSpec, row: BackupPolicy): readonly Finding[] {
  const { id, every, keep, also = [], parts, source } = backup;
  const { data, shown, locations } = row;
  const args = { backup: id, data, at: `${row.source.file}:${row.source.line}` };
  const places = 1 + also.length;
  return [
    ...(isRarer(backup, row)
      ? [give("WB333", "warn", source, { ...args, promised: shown.every, every: every ?? "" })]
      : []),
    ...(keepsLess(backup, row)
      ? [give("WB334", "warn", source, { ...args, promised: shown.retention, keep: kept(keep) })]
      : []),
    ...(places < locations.length && !parts.some(({ kind }) => PLACED.has(kind))
      ? [give("WB335", "note", source, { ...args, promised: shown.location, count: locations.length, places })]
      : []),
  ];
}

/** What a set does less than the row of the manual's table that it fulfils: rarer, kept shorter, in fewer places. */
export const backupPromise: LintRule = {
  codes: ["WB333", "WB334", "WB335"],
  run: ({ backups: policies, config: { backups } }) =>
    backups.flatMap((backup) => {
      const names = new Set(backup.data.map(fold));
      return policies.filter(({ data }) => names.has(fold(data))).flatMap((row) => broken(backup, row));
    }),
};
