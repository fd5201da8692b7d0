import type { BookConfig } from "../../model/config.ts";
import type { NamePattern } from "../../model/policy.ts";

const dated = /(?<!\d)(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!\d)/;
const recordFolder = /(?:^|[/_-])(?:reports?|records?|evidence|incidents|post-?mortems|inspections)(?:[/_-]|$)/i;

/** Does the file name carry a date? Only then can it be a record. */
export const isDated = (file: string): boolean => dated.test(file.slice(file.lastIndexOf("/") + 1));

/** Below the folder where watchbook itself writes reports or evidence. */
export const isOutput = (file: string, config: BookConfig): boolean =>
  [config.reports, config.evidence].some(
    (folder) => folder !== undefined && file.startsWith(`${folder.replace(/\/$/, "")}/`),
  );

/**
 * A record tells what was done on one day: an inspection report, a change record. Links may point to it, but it is no part
 * of the manual: its tables are no thresholds, and the book's digest does not change when one more is written.
 */
export function isRecord(file: string, patterns: readonly NamePattern[]): boolean {
  if (!isDated(file)) return false;
  const folder = file.slice(0, Math.max(file.lastIndexOf("/"), 0));
  const name = file.slice(folder === "" ? 0 : folder.length + 1);
  return (
    recordFolder.test(folder) ||
    patterns.some((pattern) => {
      const directory = pattern.directory.replace(/\/$/, "");
      return (
        (directory === "" || folder === directory || folder.endsWith(`/${directory}`)) &&
        new RegExp(pattern.regex).test(name)
      );
    })
  );
}
