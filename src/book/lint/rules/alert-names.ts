import type { Book, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { likely } from "../../../model/nearest.ts";
import type { DeclaredRule } from "../../../model/rule.ts";
import { give } from "../give.ts";

/** A rule that can never alert as it is meant: it names a check, a severity or a runbook that the book does not have. */
export const alertNames: LintRule = {
  codes: ["WB821", "WB822", "WB823"],
  run: (book) => {
    const checks = book.checks.map(({ id }) => id);
    const runbooks = book.runbooks.map(({ id }) => id);
    const scale = scaleOf(book);
    return book.config.rules.flatMap((rule) => [
      ...[rule.check, ...(rule.whole === undefined ? [] : [rule.whole])].flatMap((name) =>
        missing("WB821", "error", rule, name, checks),
      ),
      ...(scale.length === 0 ? [] : missing("WB822", "error", rule, rule.severity, scale)),
      ...(rule.runbook === undefined ? [] : missing("WB823", "warn", rule, rule.runbook, runbooks)),
    ]);
  },
};

/** Severities of alerts, declared or of the manual; those of incidents are another scale. */
const scaleOf = ({ config, severities }: Book): readonly string[] =>
  [...config.severities, ...severities].filter(({ scale }) => scale === "alert").map(({ id }) => id);

const missing = (
  code: "WB821" | "WB822" | "WB823",
  level: Finding["level"],
  { id, source }: DeclaredRule,
  name: string,
  known: readonly string[],
): readonly Finding[] =>
  known.includes(name) ? [] : [give(code, level, source, { id, name, near: likely(name, known).join(", ") || "–" })];
