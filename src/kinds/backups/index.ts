// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { BackupKind } from "../../model/backup.ts";
import { archiveBackup } from "./archive.ts";
import { filesBackup } from "./files.ts";
import { keyBackup } from "./key.ts";
import { mariadbBackup } from "./mariadb.ts";
import { mariadbDumpBackup } from "./mariadb-dump.ts";
import { pgbackrestBackup } from "./pgbackrest.ts";
import { postgresBackup } from "./postgres.ts";
import { postgresDumpBackup } from "./postgres-dump.ts";
import { redisBackup } from "./redis.ts";
import { resticBackup } from "./restic.ts";
import { volumeBackup } from "./volume.ts";

export const backups: readonly BackupKind[] = [
  archiveBackup,
  filesBackup,
  keyBackup,
  mariadbBackup,
  mariadbDumpBackup,
  pgbackrestBackup,
  postgresBackup,
  postgresDumpBackup,
  redisBackup,
  resticBackup,
  volumeBackup,
];
