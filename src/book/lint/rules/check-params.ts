import type { LintContext, LintRule } from "../../../model/book.ts";
import type { DeclaredCheck } from "../../../model/config.ts";
import type { Finding } from "../../../model/finding.ts";
import { likely, nearest } from "../../../model/nearest.ts";
import type { SchemaIssue } from "../../../model/schema.ts";
import type { Source } from "../../../model/source.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { unfilledIn } from "../../words/unfilled.ts";
import { give } from "../give.ts";
import { keysOf } from "../keys.ts";

/** A declared check of an unknown kind, or with parameters its kind does not take: it could never be judged. */
export const checkParams: LintRule = {
  codes: ["WB811", "WB812", "WB813", "WB819"],
  run: (book, { kinds }) => (kinds === undefined ? [] : book.config.checks.flatMap((check) => judge(check, kinds))),
};

function judge(check: DeclaredCheck, kinds: NonNullable<LintContext["kinds"]>): readonly Finding[] {
  const { id, kind, params, source } = check;
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
  const missing = judged.filter(({ path }) => path.length === 1 && valueAt(params, path) === undefined);
  const strange = judged.flatMap((issue) => strangeKeys(issue).map((key) => ({ path: issue.path.map(String), key })));
  // One key that is missing and one that nobody knows are the same key.
  const meant = missing.length === 1 && strange.length === 1 && strange[0]!.path.length === 0 ? missing[0] : undefined;
  const known = (path: readonly string[], key: string): readonly string[] =>
    meant === undefined ? likely(key, keysOf(schema, path)) : [String(meant.path[0])];
  return [
    ...strange.map(({ path, key }) => {
      const args = { id, kind, key: [...path, key].join("."), near: known(path, key) };
      return give("WB819", "error", placed(check, path[0] ?? key), args);
    }),
    ...judged
      .filter((issue) => issue !== meant && strangeKeys(issue).length === 0)
      .map((issue) => misfit(check, issue)),
  ];
}

/** Keys of the object at the issue's path that its kind does not know. */
const strangeKeys = (issue: SchemaIssue): readonly string[] =>
  issue.code === "unrecognized_keys" ? ((issue as { readonly keys?: readonly string[] }).keys ?? []) : [];

function misfit(check: DeclaredCheck, issue: SchemaIssue): Finding {
  const { id, kind } = check;
  const rule = brokenRule(issue);
  const problem = rule === undefined ? (wantedForm(issue) ?? "?") : `issue:${rule}`;
  const path = issue.path.map(String);
  return give("WB813", "error", placed(check, path[0]), { id, kind, key: path.join(".") || "params", problem });
}

/** The line of a parameter, else of the check. */
const placed = ({ source, lines }: DeclaredCheck, key: string | undefined): Source => ({
  file: source.file,
  line: (key === undefined ? undefined : lines?.[key]) ?? source.line,
});

function valueAt(params: unknown, path: readonly PropertyKey[]): unknown {
  let value = params;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  return value;
}

function isUnfilled(params: unknown, path: readonly PropertyKey[]): boolean {
  const value = valueAt(params, path);
  const name = path.findLast((key) => typeof key === "string");
  return typeof value === "string" && unfilledIn(name ?? "", value) !== undefined;
}
