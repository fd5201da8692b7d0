import { WatchbookError } from "../../model/error.ts";
import type { PlanParameter } from "../../model/plan.ts";
import type { ParameterSpec } from "../../model/runbook-spec.ts";
import { referenceOf } from "../../model/secret.ts";
import type { Blank } from "../../model/runbook.ts";

/** Characters of one value; systems give a variable at most 128 KiB. */
const LONGEST = 100_000;
const SECRET = /^(?:env:[A-Za-z_]\w*|file:\/.+)$/;

const wrong = (name: string, expected: string, source: ParameterSpec["source"] | undefined): WatchbookError =>
  new WatchbookError("PARAM-WRONG", { name, expected }, source ? { source } : {});

/** Secrets that a value may mean. */
export interface Secrets {
  /** References by the names of the book. */
  readonly known: Readonly<Record<string, string>>;
  /** Only these, and what the parameter has by default. */
  readonly named: boolean;
}

/** A value that fits its parameter, or PARAM-WRONG, PARAM-SECRET, PARAM-SECRET-NAMED, PARAM-DASH. */
export function checkValue(
  spec: ParameterSpec | undefined,
  name: string,
  value: string,
  uses: readonly Blank[],
  secrets: Secrets,
): Omit<PlanParameter, "name"> {
  const type = spec?.type ?? "text";
  if (type === "secret") {
    return { value: referenceFor(spec, name, value, secrets), secret: true, type };
  }
  const form = formOf(spec, value);
  if (form !== undefined) throw wrong(name, form, spec?.source);
  const free = spec === undefined || (spec.choices.length === 0 && spec.pattern === undefined);
  const leads = uses.some(({ spots }) => spots?.some(({ leading }) => leading));
  if (free && type === "text" && leads && value.startsWith("-")) throw new WatchbookError("PARAM-DASH", { name });
  return { value, secret: false, type };
}

/** Where the value of a secret is kept. */
function referenceFor(spec: ParameterSpec | undefined, name: string, value: string, { known, named }: Secrets): string {
  const at = spec ? { source: spec.source } : {};
  const reference = referenceOf(known, value);
  if (!SECRET.test(reference)) throw new WatchbookError("PARAM-SECRET", { name }, at);
  const usual = spec?.default === undefined ? undefined : referenceOf(known, spec.default);
  if (named && !Object.hasOwn(known, value) && reference !== usual)
    throw new WatchbookError("PARAM-SECRET-NAMED", { name, known: Object.keys(known).join(", ") || "-" }, at);
  return reference;
}

/** What a value should look like; undefined when it does. */
function formOf(spec: ParameterSpec | undefined, value: string): string | undefined {
  if (value.length > LONGEST) return `≤ ${LONGEST}`;
  if (value.includes("\0")) return "≠ \\0";
  if (spec?.type === "number" && !/^-?\d+(?:\.\d+)?$/.test(value)) return "123";
  if (spec?.type === "boolean" && value !== "true" && value !== "false") return "true | false";
  if (spec && spec.choices.length > 0 && !spec.choices.includes(value)) return spec.choices.join(" | ");
  if (spec?.pattern !== undefined)
    return new RegExp(`^(?:${spec.pattern})$`, "u").test(value) ? undefined : spec.pattern;
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u0008\u000b-\u001f\u007f]/.test(value) ? String.raw`≠ \x00–\x1f` : undefined;
}
