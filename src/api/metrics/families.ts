import type { Daemon } from "../../engine/daemon.ts";
import type { Snapshot } from "../../engine/snapshot.ts";
import { isEnded, RUN_STATES } from "../../model/run.ts";
import { DUTY_STATES, OUTCOMES } from "../../model/states.ts";
import type { Level } from "../../model/finding.ts";
import { ofAlerts, ofWatcher } from "./watcher.ts";
import type { Family } from "./text.ts";

const gauge = (name: string, help: string, samples: Family["samples"]): Family => ({
  name,
  type: "gauge",
  help,
  samples,
});
const one = (value: number): Family["samples"] => [{ labels: {}, value }];
const LEVELS: readonly Level[] = ["error", "warn", "note"];

/** Everything /metrics says. An unknown check has an outcome and no value: a gap in a graph is honest, a zero is not. */
export const families = (now: Snapshot, daemon: Daemon): readonly Family[] => [
  ...ofChecks(now),
  ...ofDuties(now),
  ...ofBook(now),
  ...ofRuns(now),
  ...ofAlerts(now, daemon),
  ...ofWatcher(now, daemon),
  gauge("watchbook_start_time_seconds", "When the daemon started, Unix time", one(daemon.started / 1000)),
  gauge(
    "watchbook_last_tick_seconds",
    "When the calendar was last looked at, Unix time",
    one(daemon.lastTick() / 1000),
  ),
  gauge("watchbook_held_up", "1: a full disk or the like holds up the daemon's work", one(daemon.ill() ? 1 : 0)),
  {
    name: "watchbook_events",
    type: "counter",
    help: "Events since the daemon started, by kind",
    samples: [...daemon.counts()].map(([kind, value]) => ({ labels: { kind }, value })),
  },
  {
    name: "watchbook_build",
    type: "info",
    help: "The program",
    samples: [{ labels: { version: daemon.house.version }, value: 1 }],
  },
];

function ofChecks(now: Snapshot): readonly Family[] {
  const read = now.checks.flatMap(({ spec, reading }) =>
    reading === undefined
      ? []
      : [{ labels: { check: spec.id, kind: spec.kind, target: reading.target, service: spec.service ?? "" }, reading }],
  );
  return [
    gauge(
      "watchbook_check_value",
      "Value of a check in its unit (seconds, bytes, percent, count …)",
      read.flatMap(({ labels, reading: { value, unit } }) =>
        value === undefined ? [] : [{ labels: { ...labels, unit: unit ?? "none" }, value }],
      ),
    ),
    gauge(
      "watchbook_check_outcome",
      "1 for the outcome a check has now, 0 for the others; unknown is never pass",
      read.flatMap(({ labels, reading }) =>
        OUTCOMES.map((outcome) => ({ labels: { ...labels, outcome }, value: reading.outcome === outcome ? 1 : 0 })),
      ),
    ),
    gauge(
      "watchbook_check_read_seconds",
      "When a check was last read, Unix time",
      read.map(({ labels, reading }) => ({ labels, value: reading.at / 1000 })),
    ),
    gauge(
      "watchbook_check_duration_seconds",
      "How long the last reading took",
      read.map(({ labels, reading }) => ({ labels, value: reading.seconds })),
    ),
  ];
}

function ofDuties(now: Snapshot): readonly Family[] {
  const calendar = now.duties.filter(({ state }) => state !== "on-demand");
  return [
    gauge(
      "watchbook_duty_state",
      "1 for the state a duty has in the present period, 0 for the others",
      calendar.flatMap(({ duty, state }) =>
        [...DUTY_STATES, "waiting"].map((name) => ({
          labels: { duty: duty.id, state: name },
          value: name === state ? 1 : 0,
        })),
      ),
    ),
    gauge(
      "watchbook_duty_missed",
      "Periods missed since the duty was last done",
      calendar.map(({ duty, missed }) => ({ labels: { duty: duty.id }, value: missed.length })),
    ),
    gauge(
      "watchbook_duty_next_seconds",
      "When a duty falls due next, Unix time",
      calendar.flatMap(({ duty, next: [next] }) =>
        next === undefined ? [] : [{ labels: { duty: duty.id }, value: next / 1000 }],
      ),
    ),
    gauge(
      "watchbook_duty_last_end_seconds",
      "When the last inspection of a duty ended, Unix time",
      now.duties.flatMap(({ duty, last }) =>
        last === undefined ? [] : [{ labels: { duty: duty.id, verdict: last.verdict }, value: last.ended / 1000 }],
      ),
    ),
  ];
}

function ofRuns({ runs }: Snapshot): readonly Family[] {
  const open = runs.filter(({ state }) => !isEnded(state));
  const samples = RUN_STATES.filter((state) => !isEnded(state)).map((state) => ({
    labels: { state },
    value: open.filter((run) => run.state === state).length,
  }));
  return [gauge("watchbook_runs_open", "Runs that have not ended, by state", samples)];
}

function ofBook({ book }: Snapshot): readonly Family[] {
  const labels = { digest: book.open.book.digest, commit: book.open.commit ?? "" };
  return [
    gauge(
      "watchbook_book_findings",
      "Findings of the book that is run, by level",
      LEVELS.map((level) => ({
        labels: { level },
        value: book.findings.filter((finding) => finding.level === level).length,
      })),
    ),
    gauge("watchbook_book_refused", "1: a newer book is broken and not run", one(book.refused === undefined ? 0 : 1)),
    gauge("watchbook_book_loaded_seconds", "When the book that is run was taken, Unix time", one(book.loaded / 1000)),
    { name: "watchbook_book", type: "info", help: "The book that is run", samples: [{ labels, value: 1 }] },
  ];
}
