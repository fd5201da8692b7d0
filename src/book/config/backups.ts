import type { BackupSpec, CopySpec } from "../../model/backup.ts";
import { given } from "../../model/given.ts";
import type { Source } from "../../model/source.ts";
import type { RawBackup } from "./backup-schema.ts";
import { seconds } from "./duration.ts";
import { stepsOf } from "./runbooks.ts";

const LIMIT_S = 7_200;
const INTO = "/var/tmp/watchbook-restore";

function alsoOf({ folder, rsync, keep, ...rest }: NonNullable<RawBackup["also"]>[number]): CopySpec {
  const to = folder === undefined ? { kind: "rsync", to: rsync, ...given(rest) } : { kind: "folder", path: folder };
  return { to, ...(keep && { keep: given(keep) }) };
}

/** The model's form of one validated `backups:` entry; parts in the order of the file. */
export function backupOf(id: string, raw: RawBackup, at: (...path: string[]) => Source): BackupSpec {
  const path = ["backups", id];
  const parts = Object.entries(raw.parts)
    .map(([name, part]) => ({ name, part, line: at(...path, "parts", name).line }))
    .toSorted((a, b) => a.line - b.line);
  const { target, into = INTO, limit, probes } = raw.restore ?? {};
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
    ...(raw.also && { also: raw.also.map(alsoOf) }),
    restore: {
      ...given({ target }),
      into,
      limitMs: Math.round((limit === undefined ? LIMIT_S : (seconds(limit) ?? LIMIT_S)) * 1000),
      probes: stepsOf(probes, (key) => at(...path, "restore", "probes", key)),
    },
    source: at(...path),
  };
}
