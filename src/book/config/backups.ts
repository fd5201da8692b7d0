import type { BackupSpec, CopySpec } from "../../model/backup.ts";
import type { Alarm } from "../../model/backup-alarm.ts";
import { given } from "../../model/given.ts";
import { windowOf } from "../../model/window.ts";
import type { Source } from "../../model/source.ts";
import type { RawBackup } from "./backup-schema.ts";
import { seconds } from "./duration.ts";
import { gateOf, stepsOf } from "./runbooks.ts";

const LIMIT_S = 7_200;
const INTO = "/var/tmp/watchbook-restore";

function alsoOf({ name, folder, rsync, rclone, keep, ...rest }: NonNullable<RawBackup["also"]>[number]): CopySpec {
  const to =
    folder !== undefined
      ? { kind: "folder", path: folder }
      : { ...(rclone === undefined ? { kind: "rsync", to: rsync } : { kind: "rclone", to: rclone }), ...given(rest) };
  return { ...given({ name }), to, ...(keep && { keep: given(keep) }) };
}

const ms = (text: string | undefined): number | undefined => {
  const found = text === undefined ? undefined : seconds(text);
  return found === undefined ? undefined : Math.round(found * 1000);
};

const alarmGiven = ({ age, shrink, unchanged }: Exclude<NonNullable<RawBackup["alarm"]>, false>): Alarm =>
  given({
    ageMs: ms(age),
    shrink: shrink === undefined ? undefined : Number.parseInt(shrink, 10) / 100,
    unchangedMs: ms(unchanged),
  });

/** The model's form of one validated `backups:` entry; parts in the order of the file. */
export function backupOf(id: string, raw: RawBackup, at: (...path: string[]) => Source): BackupSpec {
  const path = ["backups", id];
  const parts = Object.entries(raw.parts)
    .map(([name, part]) => ({ name, part, line: at(...path, "parts", name).line }))
    .toSorted((a, b) => a.line - b.line);
  const { target, into = INTO, limit, probes, over } = raw.restore ?? {};
  const steps = (name: string, given: Parameters<typeof stepsOf>[0]) =>
    stepsOf(given, (key) => at(...path, "restore", "over", name, key));
  return {
    ...given({ title: raw.title, service: raw.service, every: raw.every, at: raw.at }),
    id,
    data: raw.data ?? [],
    target: raw.target ?? "local",
    into: raw.into,
    sudo: raw.sudo ?? false,
    parts: parts.map(({ name, part: { kind, ...params } }) => ({ id: name, kind, with: params })),
    agree: raw.agree ?? [],
    keep: given(raw.keep ?? {}),
    ...(raw.window !== undefined && { window: windowOf(raw.window) }),
    ...(raw.alarm !== undefined && { alarm: raw.alarm === false ? false : alarmGiven(raw.alarm) }),
    ...(raw.also && { also: raw.also.map(alsoOf) }),
    restore: {
      ...given({ target }),
      into,
      limitMs: Math.round((limit === undefined ? LIMIT_S : (seconds(limit) ?? LIMIT_S)) * 1000),
      probes: stepsOf(probes, (key) => at(...path, "restore", "probes", key)),
      ...(over && {
        over: {
          stop: steps("stop", over.stop),
          start: steps("start", over.start),
          probes: steps("probes", over.probes),
          paths: over.paths ?? {},
          ...(over.approval !== undefined && { approval: over.approval === false ? false : gateOf(over.approval) }),
        },
      }),
    },
    source: at(...path),
  };
}
