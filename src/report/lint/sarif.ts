import type { Finding, Level } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import { sayFinding } from "../../i18n/texts.ts";

const LEVEL: Readonly<Record<Level, string>> = { error: "error", warn: "warning", note: "note" };

/** SARIF 2.1.0 (OASIS), the form that code hosts show beside the lines of a change. */
export function lintSarif(findings: readonly Finding[], lang: Lang, version: string): Record<string, unknown> {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "watchbook", version, rules: codes.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => {
          const { say, fix } = sayFinding(finding, lang);
          return {
            ruleId: finding.code,
            level: LEVEL[finding.level],
            message: { text: `${say} ${fix}` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(finding.source.file) },
                  region: { startLine: Math.max(1, finding.source.line) },
                },
              },
            ],
          };
        }),
      },
    ],
  };
}
