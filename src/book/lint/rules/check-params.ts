import type { LintContext, LintRule } from "../../../model/book.ts";
import type { DeclaredCheck } from "../../../model/config.ts";
import type { Finding } from "../../../model/finding.ts";
import { nearest } from "../../../model/nearest.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { unfilledIn } from "../../words/unfilled.ts";
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
  // What was never filled in is told at its own line (WB814); that it does not fit either says nothing new.
  const judged = parsed.error.issues.filter(({ path }) => !isUnfilled(params, path));
  return judged.map((issue) => {
    const rule = brokenRule(issue);
    const problem = rule === undefined ? (wantedForm(issue) ?? "?") : `issue:${rule}`;
    return give("WB813", "error", source, { id, kind, key: issue.path.map(String).join(".") || "params", problem });
  });
}

function isUnfilled(params: unknown, path: readonly PropertyKey[]): boolean {
  let value = params;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  const name = path.findLast((key) => typeof key === "string");
  return typeof value === "string" && unfilledIn(name ?? "", value) !== undefined;
}
