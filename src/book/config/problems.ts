import type { z } from "zod";
import type { Finding } from "../../model/finding.ts";
import { likely, nearest } from "../../model/nearest.ts";
import { wantedForm } from "../../model/wanted.ts";
import { BY_ID, bookSchema } from "./schema.ts";

type Issue = z.core.$ZodIssue;
export type Place = (path: readonly PropertyKey[]) => Finding["source"];

/** Findings for what the schema refused: unknown key (WB031), wrong value (WB032), missing key (WB033), literal secret (WB036). */
export const problemsOf = (issues: readonly Issue[], raw: unknown, place: Place): readonly Finding[] =>
  issues.flatMap((issue) => problemOf(issue, raw, place));

function problemOf(issue: Issue, raw: unknown, place: Place): readonly Finding[] {
  const found = (code: Finding["code"], path: readonly PropertyKey[], args: Finding["args"]): Finding => ({
    code,
    level: "error",
    source: place(path),
    args: { key: dotted(path), ...args },
  });
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      return found("WB031", [...issue.path, key], { nearest: likely(key, keysAt(issue.path)).join(", ") });
    });
  // A target is `local` or a map; what was meant decides which of the two explanations is said.
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((each) => each.every((inner) => inner.path.length > 0)) ?? [];
    if (meant.length === 0) return [found("WB032", issue.path, { expected: "local | { kind: … }" })];
    return meant.flatMap((inner) => problemOf({ ...inner, path: [...issue.path, ...inner.path] }, raw, place));
  }
  if (issue.path[0] === "secrets" && issue.path.length === 2) return [found("WB036", issue.path, {})];
  const typed = issue.code === "invalid_type" || issue.code === "invalid_value";
  if (typed && valueAt(raw, issue.path) === undefined)
    return [found("WB033", issue.path, { expected: expectedBy(issue, raw) })];
  return [found("WB032", issue.path, { expected: expectedBy(issue, raw) })];
}

function expectedBy(issue: Issue, raw: unknown): string {
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const value = valueAt(raw, issue.path);
    const near = typeof value === "string" ? nearest(value, values) : undefined;
    return near ?? values.join(" | ");
  }
  if (issue.path.length === 1 && issue.path[0] === "zone") {
    const zone = valueAt(raw, issue.path);
    return (typeof zone === "string" && nearest(zone, Intl.supportedValuesOf("timeZone"))) || issue.message;
  }
  return wantedForm(issue) ?? issue.message;
}

export const dotted = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${String(key)}`)).join("");

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  return value;
}

/** Keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(bookSchema.shape);
  const section = String(path[0]);
  const entry: unknown = Object.hasOwn(BY_ID, section)
    ? BY_ID[section as keyof typeof BY_ID]
    : bookSchema.shape[section as keyof typeof bookSchema.shape];
  const inner = Object.hasOwn(BY_ID, section) ? path.slice(2) : path.slice(1);
  return shapeOf(entry, inner);
}

function shapeOf(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const bare = unwrapped(schema) as Unwrapped;
  const [next, ...rest] = path.filter((key) => typeof key !== "number");
  const { valueType, options } = bare?.def ?? {};
  // A map by id, and a value of several forms: what is inside the one, and the form that has keys.
  if (valueType !== undefined) return next === undefined ? [] : shapeOf(valueType, rest);
  if (options) return options.map((option) => shapeOf(option, path)).find((keys) => keys.length > 0) ?? [];
  const shape = bare?.shape;
  if (!shape) return [];
  return next === undefined ? Object.keys(shape) : shapeOf(shape[String(next)], rest);
}

type Unwrapped =
  | {
      readonly shape?: Record<string, unknown>;
      readonly def?: { readonly valueType?: unknown; readonly options?: readonly unknown[] };
    }
  | undefined;

/** The object inside optional and array wrappers. */
function unwrapped(schema: unknown): unknown {
  let bare = schema as { def?: { innerType?: unknown; element?: unknown } } | undefined;
  for (
    let inner = bare?.def?.innerType ?? bare?.def?.element;
    inner !== undefined;
    inner = bare?.def?.innerType ?? bare?.def?.element
  )
    bare = inner as typeof bare;
  return bare;
}
