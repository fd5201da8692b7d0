import type { BackupSpec } from "../model/backup.ts";
import type { Alarmed } from "../model/backup-alarm.ts";
import type { AttemptEnd } from "../model/journal.ts";
import type { Store } from "../store/store.ts";

/** A backup set as the newest run that took one has it: no target is asked. */
export interface BackupNow {
  readonly spec: BackupSpec;
  /** When its newest good run ended, milliseconds since the epoch; absent: none is on record. */
  readonly taken?: number;
  /** What that run found of the set beside the ones before it. */
  readonly alarm?: { readonly code: Alarmed["code"]; readonly args: NonNullable<AttemptEnd["args"]> };
}

/** Newest runs of one backup among which a good one is looked for. */
const LOOKED = 50;
const ALARMS: ReadonlySet<string> = new Set<Alarmed["code"]>(["backup-shrank", "backup-unchanged"]);

async function backupNow(store: Pick<Store, "runs" | "journal">, spec: BackupSpec): Promise<BackupNow> {
  const runs = await store.runs({ runbook: `backup-${spec.id}`, limit: LOOKED });
  for (const run of runs.filter(({ state, rehearsal }) => state === "done" && !rehearsal)) {
    const well = (await store.journal({ run: run.id })).flatMap(({ entry }) =>
      entry.type === "outcome" && entry.ending === "ok" ? [entry] : [],
    );
    // A run of some of its steps, as of the last one alone, may have taken nothing.
    if (!well.some(({ outputs }) => outputs?.["SET_ID"] !== undefined)) continue;
    const last = well.findLast(({ reason }) => ALARMS.has(reason ?? ""));
    const alarm = last && { code: last.reason as Alarmed["code"], args: last.args ?? {} };
    return { spec, taken: run.ended ?? run.updated, ...(alarm && { alarm }) };
  }
  return { spec };
}

/** Every backup set of a book. */
export const backupsNow = (
  store: Pick<Store, "runs" | "journal">,
  backups: readonly BackupSpec[],
): Promise<readonly BackupNow[]> => Promise.all(backups.map((spec) => backupNow(store, spec)));
