import type { BackupSpec, CopySpec } from "../../model/backup.ts";
import { WatchbookError } from "../../model/error.ts";

const placeIn = ({ also = [] }: BackupSpec, from: string): CopySpec | undefined =>
  also.find(({ name }, index) => from === name || from === String(index + 2));

/** Those that have such a place; all of them where none does, so that the first can say it. */
export function havingPlace(backups: readonly BackupSpec[], from: string | undefined): readonly BackupSpec[] {
  if (from === undefined || from === "1") return backups;
  const found = backups.filter((backup) => placeIn(backup, from) !== undefined);
  return found.length === 0 ? backups : found;
}

/** The place that `--from` names, by its number or its name; undefined: the repository itself. Throws BACKUP-PLACE. */
export function placeOf(backup: BackupSpec, from: string | undefined): CopySpec | undefined {
  if (from === undefined || from === "1") return undefined;
  const found = placeIn(backup, from);
  if (found) return found;
  const { id, into, also = [], source } = backup;
  const known = [
    `1 (${into})`,
    ...also.map(({ name, to }, index) => {
      const names = [String(index + 2), ...(name === undefined ? [] : [name])];
      return `${names.join(" = ")} (${String(to["path"] ?? to["to"])})`;
    }),
  ];
  throw new WatchbookError("BACKUP-PLACE", { name: id, from, known: known.join(", ") }, { source });
}
