import { at } from "../model/source.ts";
import type { Args } from "../model/finding.ts";
import type { ChannelNow } from "../model/notifier.ts";
import type { RunRecord } from "../model/run.ts";
import type { Emergency } from "../model/account.ts";
import { utc } from "../model/time.ts";
import { alarmFor } from "../model/backup-alarm.ts";
import type { Alert } from "../model/alert.ts";
import { rulesNow } from "./alerts/rules-now.ts";
import type { BackupNow } from "./backups-now.ts";
import { errorsOf } from "./book-state.ts";
import { ofIncidents } from "./incidents/troubles.ts";
import type { CheckNow, DutyNow, Snapshot } from "./snapshot.ts";

export const TROUBLES = [
  "book-refused",
  "book-errors",
  "emergency-on",
  "check-fail",
  "check-unknown",
  "check-warn",
  "incident-late",
  "incident-open",
  "review-late",
  "action-late",
  "problem-new",
  "alert-open",
  "channel-fails",
  "channel-unproven",
  "duty-missed",
  "duty-due",
  "duty-open",
  "verdict-fail",
  "backup-failed",
  "backup-missed",
  "backup-none",
  "backup-old",
  "backup-shrank",
  "backup-unchanged",
  "run-alone",
  "run-left",
  "run-paused",
  "run-waits",
] as const;
export type TroubleKind = (typeof TROUBLES)[number];

/** Something that is wrong now, or that waits for a person. Said by i18n `api.troubles[kind]` from `args`. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** error: act now · warn: look · wait: a person is waited for. */
  readonly level: "error" | "warn" | "wait";
  /** Id of the check, duty or run; "" for the book. */
  readonly subject: string;
  readonly args: Args;
}

const LEVELS = { error: 0, warn: 1, wait: 2 };

/** What is wrong now, worst first. Unknown is trouble: it is never green. Pure. */
export function troubles(now: Snapshot): readonly Trouble[] {
  const found = [
    ...ofBook(now),
    ...(now.emergencies ?? []).map(ofEmergency),
    ...now.checks.filter((one) => !isJudgedByRule(one, now)).flatMap(ofCheck),
    ...ofIncidents(now),
    ...(now.alerts ?? []).flatMap((alert) => ofAlert(alert, now)),
    ...(now.channels ?? []).flatMap(ofChannel),
    ...now.duties.flatMap(ofDuty),
    ...(now.backups ?? []).flatMap((backup) => ofBackup(backup, now.at)),
    ...now.runs.flatMap((run) => ofRun(run, now.undriven === true)),
  ];
  return found.sort((a, b) => LEVELS[a.level] - LEVELS[b.level]);
}

const ofEmergency = ({ id, person, reason, until }: Emergency): Trouble => ({
  kind: "emergency-on",
  level: "warn",
  subject: id,
  args: { person, reason, until: utc(until) },
});

function ofBook({ book }: Snapshot): readonly Trouble[] {
  const errors = errorsOf(book.findings);
  const commit = book.refused?.commit?.slice(0, 12) ?? "";
  return [
    ...(book.refused === undefined
      ? []
      : [
          {
            kind: "book-refused",
            level: "error",
            subject: "",
            args: { commit, errors: book.refused.findings.length },
          } as const,
        ]),
    ...errors.slice(0, 1).map(
      ({ source }) =>
        ({
          kind: "book-errors",
          level: "warn",
          subject: "",
          args: { errors: errors.length, first: at(source) },
        }) as const,
    ),
  ];
}

/** A counter without limits of its own, which a rule judges: nothing about it is unknown. */
function isJudgedByRule({ spec, reading }: CheckNow, { book }: Pick<Snapshot, "book">): boolean {
  if (reading?.reason !== "no-bands" || reading.value === undefined) return false;
  return (rulesNow(book.open.book).byCheck.get(spec.id) ?? []).some(({ form }) => form !== "absence");
}

function ofCheck({ spec, reading }: CheckNow): readonly Trouble[] {
  if (reading === undefined || reading.outcome === "pass") return [];
  const level = reading.outcome === "fail" ? "error" : "warn";
  const args = { check: spec.title, target: reading.target };
  return [{ kind: `check-${reading.outcome}`, level, subject: spec.id, args }];
}

/** Alerts that no check in trouble says already; of all of them, what they tell of our own channels. */
function ofAlert(alert: Alert, now: Snapshot): readonly Trouble[] {
  const { checks, book } = now;
  const { id, title, target, severity, form, check, hold } = alert;
  if (form === "channel")
    return [{ kind: "channel-fails", level: "error", subject: target, args: { channel: target, id } }];
  const said = checks.some(
    (one) => one.spec.id === check && !isJudgedByRule(one, now) && one.reading && one.reading.outcome !== "pass",
  );
  if (hold || said) return [];
  const worst = rulesNow(book.open.book).policy.severities[0]?.id === severity;
  return [
    { kind: "alert-open", level: worst ? "error" : "warn", subject: check, args: { id, title, target, severity } },
  ];
}

/** That one is failing is told by its alert. */
const ofChannel = ({ id, taken, answered, failing }: ChannelNow): readonly Trouble[] =>
  taken === null && answered === null && !failing
    ? [{ kind: "channel-unproven", level: "warn", subject: id, args: { channel: id } }]
    : [];

function ofDuty({ duty, state, missed, last, failed, period }: DutyNow): readonly Trouble[] {
  const args = {
    duty: duty.title,
    id: duty.id,
    owner: duty.owner ?? "",
    file: duty.source.file,
    line: duty.source.line,
    name: duty.run?.runbook.replace(/^backup-/, "") ?? "",
  };
  const found: Trouble[] = [];
  if (missed.length > 0)
    found.push({
      kind: duty.run ? "backup-missed" : "duty-missed",
      level: "error",
      subject: duty.id,
      args: { ...args, count: missed.length, last: missed[0]! },
    });
  if (failed) found.push({ kind: "backup-failed", level: "error", subject: duty.id, args: { ...args, ...failed } });
  // A daemon does it by itself, as soon as it runs.
  if (state === "due" && !duty.run) found.push({ kind: "duty-due", level: "wait", subject: duty.id, args });
  if (state === "open") {
    const open = last?.items.filter((item) => item.outcome === "open").length ?? 0;
    found.push({ kind: "duty-open", level: "wait", subject: duty.id, args: { ...args, open } });
  }
  if (last?.verdict === "fail" && last.period === period)
    found.push({ kind: "verdict-fail", level: "error", subject: duty.id, args });
  return found;
}

/** A set that was never taken, or is too old, is no protection; one that shrank may be none. */
function ofBackup({ spec, taken, alarm }: BackupNow, at: number): readonly Trouble[] {
  const { id, title = id } = spec;
  const { ageMs } = alarmFor(spec);
  const of = { subject: id } as const;
  const hours = (ms: number): number => Math.floor(ms / 3_600_000);
  const found: Trouble[] = [];
  if (taken === undefined) found.push({ kind: "backup-none", level: "warn", ...of, args: { backup: title, name: id } });
  if (ageMs !== undefined && taken !== undefined && at - taken > ageMs)
    found.push({
      ...{ kind: "backup-old", level: "error", ...of },
      args: { backup: title, name: id, hours: hours(at - taken), most: hours(ageMs) },
    });
  if (alarm?.code === "backup-shrank" || alarm?.code === "backup-unchanged")
    found.push({ kind: alarm.code, level: "warn", ...of, args: { ...alarm.args, backup: title, name: id } });
  return found;
}

/** An undo that failed is loud for a day, and so is work that nobody drives; a run that waits for a person says for what. */
function ofRun({ id, title, environment, state, waits, by }: RunRecord, undriven: boolean): readonly Trouble[] {
  const args = { run: id, title, environment, by, waits: waits.filter((kind) => kind !== "timer") };
  const of = { subject: id, args } as const;
  if (state === "failed-undo") return [{ kind: "run-left", level: "error", ...of }];
  if (state === "paused") return [{ kind: "run-paused", level: "wait", ...of }];
  if (undriven && args.waits.length === 0) return [{ kind: "run-alone", level: "error", ...of }];
  return args.waits.length === 0 ? [] : [{ kind: "run-waits", level: "wait", ...of }];
}
