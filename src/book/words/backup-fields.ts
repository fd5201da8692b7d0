import { bare, fold, words } from "./matcher.ts";

export type BackupField = "data" | "frequency" | "strategy" | "retention" | "location";

/** Labels of the fields of one backup policy; text is matched folded. */
const FIELDS: readonly (readonly [BackupField, ReturnType<typeof words>])[] = [
  ["data", words(["内容", "对象", "数据", "范围", "数据源", "data", "what", "scope", "object", "dataset", "content"])],
  ["frequency", words(["频率", "频次", "周期", "执行频率", "备份时间", "frequency", "schedule", "interval", "how often", "cadence"])],
  ["strategy", words(["方式", "策略", "类型", "strategy", "method", "type"])],
  ["retention", words(["保留", "保留时间", "保留时长", "保留期", "保留期限", "保留周期", "保留天数", "保留策略", "保存时间", "保存周期", "保存期限", "留存", "留存时间", "留存周期", "留存期限", "retention", "retention period", "retention time", "kept", "kept for", "keep"])],
  ["location", words(["位置", "存储", "存储位置", "存放位置", "保存位置", "目的地", "location", "storage", "storage location", "destination", "stored at", "stored in", "target"])],
]; // prettier-ignore

const PREFIX = /^(?:数据)?备份(?:的)?|^backups? /;

/** A label without the word backup before it: `备份频率` → `频率`, `Backup schedule` → `schedule`. */
export const withoutBackup = (label: string): string => {
  const folded = bare(fold(label));
  return folded.replace(PREFIX, "") || folded;
};

/** The field of a backup policy that a label names, or undefined: `备份频率`, `Retention`. */
export function backupField(label: string): BackupField | undefined {
  const [whole, rest] = [bare(fold(label)), withoutBackup(label)];
  return FIELDS.find(([, names]) => names.is(whole) || names.is(rest))?.[0];
}
