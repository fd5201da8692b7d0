import { readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { rulesNow } from "../../engine/alerts/rules-now.ts";
import type { Daemon } from "../../engine/daemon.ts";
import type { Snapshot } from "../../engine/snapshot.ts";
import { OUTCOMES } from "../../model/states.ts";
import type { Family } from "./text.ts";

const one = (value: number): Family["samples"] => [{ labels: {}, value }];
const gauge = (name: string, help: string, samples: Family["samples"]): Family => ({
  name,
  type: "gauge",
  help,
  samples,
});
const counter = (name: string, help: string, samples: Family["samples"]): Family => ({
  ...gauge(name, help, samples),
  type: "counter",
});

/** Open alerts by severity and by whether anybody is told, and notices by what became of them. */
export function ofAlerts({ checks, book }: Snapshot, { alerts }: Daemon): readonly Family[] {
  const { open, outbox } = alerts.desk();
  const { severities, channels } = rulesNow(book.open.book).policy;
  const all = [...open.values()];
  const { sent, failed } = alerts.counts();
  const perChannel = (counts: ReadonlyMap<string, number>): Family["samples"] =>
    channels.map((channel) => ({ labels: { channel }, value: counts.get(channel) ?? 0 }));
  return [
    gauge(
      "watchbook_alerts_open",
      "Alerts that fire, by severity",
      severities.map(({ id }) => ({
        labels: { severity: id },
        value: all.filter(({ severity }) => severity === id).length,
      })),
    ),
    gauge(
      "watchbook_alerts_held",
      "Alerts that fire and of which nobody is told now, by why",
      ["worse", "parent", "window", "quiet", "silence"].map((by) => ({
        labels: { by },
        value: all.filter(({ hold }) => hold?.by === by).length,
      })),
    ),
    counter("watchbook_notices_sent", "Notices that a channel took since the daemon started", perChannel(sent)),
    counter("watchbook_notices_failed", "Attempts that a channel refused or put off", perChannel(failed)),
    gauge("watchbook_notices_waiting", "Notices that are still to be delivered", one(outbox.size)),
    gauge(
      "watchbook_checks",
      "Checks by the outcome they have now",
      [...OUTCOMES, "unread"].map((outcome) => ({
        labels: { outcome },
        value: checks.filter(({ reading }) => (reading?.outcome ?? "unread") === outcome).length,
      })),
    ),
  ];
}

/** Bytes of the files in a folder and below it. */
function sizeOf(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (found?.isFile() ? found.size : 0);
  }, 0);
}

/** Whether the watcher itself watches: ages of what it last did, its journal, its disk, its heartbeat. */
export function ofWatcher({ at }: Snapshot, daemon: Daemon): readonly Family[] {
  const { pulse, watcher, house } = daemon;
  const age = (name: string, help: string, since: number | undefined): Family =>
    gauge(name, help, since === undefined ? [] : one(Math.max(0, (at - since) / 1000)));
  const { bavail, bsize, blocks } = statfsSync(house.data);
  const bytes = (file: string): number => statSync(join(house.data, file), { throwIfNoEntry: false })?.size ?? 0;
  const { sent, failed, withheld } = watcher.beat.counts();
  const outcomes = { sent, failed, withheld };
  return [
    gauge("watchbook_watching", "1: checks are read and the store takes what is written", one(watcher.well() ? 1 : 0)),
    age("watchbook_reading_age_seconds", "Since a check was last read", daemon.lastReading()),
    age("watchbook_store_commit_age_seconds", "Since the store last took something", pulse.committed()),
    age("watchbook_heartbeat_age_seconds", "Since the outward heartbeat was last taken", watcher.beat.last()),
    counter(
      "watchbook_heartbeats",
      "Outward heartbeats since the daemon started; withheld: watchbook was not well",
      Object.entries(outcomes).map(([outcome, value]) => ({ labels: { outcome }, value })),
    ),
    gauge(
      "watchbook_journal_bytes",
      "Size of the store's journal that is not folded in yet",
      one(bytes("state.db-wal")),
    ),
    gauge("watchbook_store_bytes", "Size of the store", one(bytes("state.db"))),
    gauge("watchbook_samples_bytes", "Size of the kept values of checks", one(samples(house.data))),
    gauge("watchbook_disk_free_bytes", "Room left on the disk of the store", one(bavail * bsize)),
    gauge("watchbook_disk_size_bytes", "Size of the disk of the store", one(blocks * bsize)),
    gauge("watchbook_reserve_bytes", "Reserve for a full disk; 0: none, or given up", one(bytes("reserve"))),
  ];
}

function samples(data: string): number {
  const folder = join(data, "samples");
  return statSync(folder, { throwIfNoEntry: false }) ? sizeOf(folder) : 0;
}
