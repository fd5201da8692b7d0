import type { LintContext, LintRule } from "../../../model/book.ts";
import type { DeclaredCheck } from "../../../model/config.ts";
import type { Finding } from "../../../model/finding.ts";
import { nearest } from "../../../model/nearest.ts";
import { give } from "../give.ts";

/** A declared check of an unknown kind, or with parameters its kind does not take: it could never be judged. */
export const checkParams: LintRule = {
  codes: ["WB811", "WB812", "WB813"],
  run: (book, { kinds }) => (kinds === undefined ? [] : book.config.checks.flatMap((check) => judge(check, kinds))),
};

function judge(
  { id, kind, params, source }: DeclaredCheck,
  kinds: NonNullable<LintContext["kinds"]>,
): readonly Finding[] {
  const schema = kinds.get(kind);
  if (schema === undefined) {
    const near = nearest(kind, [...kinds.keys()]);
    if (near !== undefined) return [give("WB811", "error", source, { id, kind, near })];
    return [give("WB812", "error", source, { id, kind, known: [...kinds.keys()] })];
  }
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) =>
    give("WB813", "error", source, { id, kind, key: path.map(String).join(".") || "params", problem: message }),
  );
}
