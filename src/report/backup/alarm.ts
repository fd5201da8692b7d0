import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { BackupSpec } from "../../model/backup.ts";
import type { Alarmed } from "../../model/backup-alarm.ts";
import type { Lang } from "../../model/lang.ts";

/** What is to be looked at of a backup, as `backup list --json` gives it. */
export interface AlarmView {
  readonly backup: string;
  readonly level: Alarmed["level"];
  readonly code: Alarmed["code"];
  readonly say: string;
}

/** An alarm with its sentence. */
export const alarmView = ({ id }: Pick<BackupSpec, "id">, { level, code, args }: Alarmed, lang: Lang): AlarmView => ({
  backup: id,
  level,
  code,
  say: format(texts(lang).steps.reasons[code], args),
});

/** Lines below the table: alarms with their sign, remarks without. */
export const alarmsText = (alarms: readonly AlarmView[], lang: Lang): string =>
  alarms
    .map(({ backup, level, say }) => `${level === "alarm" ? "! " : "  "}${backup}${texts(lang).cli.colon}${say}\n`)
    .join("");
