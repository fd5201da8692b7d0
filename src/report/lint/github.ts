import type { Finding, Level } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import { sayFinding } from "../../i18n/texts.ts";

const COMMAND: Readonly<Record<Level, string>> = { error: "error", warn: "warning", note: "notice" };
const escape = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string => escape(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Workflow commands of GitHub Actions, one line a finding. */
export const lintGithub = (findings: readonly Finding[], lang: Lang): string =>
  findings
    .map((finding) => {
      const { say, fix } = sayFinding(finding, lang);
      const { file, line } = finding.source;
      return `::${COMMAND[finding.level]} file=${escapeProperty(file)},line=${line},title=${finding.code}::${escape(`${say} ${fix}`)}\n`;
    })
    .join("");
