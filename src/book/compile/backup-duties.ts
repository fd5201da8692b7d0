import type { BackupSpec, Keep } from "../../model/backup.ts";
import type { Duty } from "../../model/duty.ts";
import { isCalendar } from "../../model/every.ts";
import type { Environment } from "../../model/policy.ts";
import type { BackupPolicy } from "../../model/tables.ts";
import type { TargetSpec } from "../../model/target.ts";
import { holds } from "../../model/window.ts";
import { fold } from "../words/matcher.ts";

/** While people sleep, and before they are there to see how it went. */
const AT = "02:30";

const policiesOf = ({ data }: BackupSpec, policies: readonly BackupPolicy[]): readonly BackupPolicy[] => {
  const names = new Set(data.map(fold));
  return policies.filter((policy) => names.has(fold(policy.data)));
};

/** What the manual's table promises is kept, where watchbook.yaml does not say it; the longest of several rows. */
function promised(policies: readonly BackupPolicy[]): Keep {
  const kept = policies.map(({ retention }) => retention);
  if (kept.length === 0 || kept.some(({ kind }) => kind === "forever" || kind === "unknown")) return {};
  const copies = kept.flatMap((one) => (one.kind === "copies" ? [one.copies] : []));
  const days = kept.flatMap((one) => (one.kind === "age" ? [one.days] : []));
  return {
    ...(copies.length > 0 && { copies: Math.max(...copies) }),
    ...(days.length > 0 && { days: Math.max(...days) }),
  };
}

/** Backup sets with what the manual's table says of the data that they take. */
export const withPolicies = (
  backups: readonly BackupSpec[],
  policies: readonly BackupPolicy[],
): readonly BackupSpec[] =>
  backups.map((backup) => {
    const rows = policiesOf(backup, policies);
    const every = backup.every ?? rows.map((row) => row.every).find((one) => one !== undefined && isCalendar(one));
    return {
      ...backup,
      keep: Object.keys(backup.keep).length > 0 ? backup.keep : promised(rows),
      ...(every !== undefined && { every }),
    };
  });

/** A duty for every set that is taken by the calendar; one whose environment nobody says is taken by people only. */
export function backupDuties(
  backups: readonly BackupSpec[],
  targets: readonly TargetSpec[],
  environments: readonly Environment[],
): readonly Duty[] {
  return backups.flatMap((backup) => {
    const { id, every, source, title = `backup-${id}`, service } = backup;
    // What is due every hour is not held to hours: it would be missed in all the others.
    const window = every === "hourly" ? undefined : backup.window;
    const at = backup.at ?? (window && !holds(window, AT) ? window.from : AT);
    const own = targets.find(({ name }) => name === backup.target)?.environment;
    const environment = own ?? (environments.length === 1 ? environments[0]!.id : undefined);
    if (every === undefined || environment === undefined) return [];
    const runbook = `backup-${id}`;
    return [
      {
        ...{ id: runbook, title, source, kind: "backup" as const, every, at, items: [] },
        run: { runbook, environment },
        ...(window && { window }),
        ...(service !== undefined && { service }),
      },
    ];
  });
}
