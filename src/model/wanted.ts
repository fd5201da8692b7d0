/** What a schema library tells of a refused value beyond its message (zod's fields). */
interface Refused {
  readonly message: string;
  readonly code?: string | undefined;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly divisor?: unknown;
  readonly expected?: unknown;
  readonly values?: unknown;
  /** Of a value that fits none of several forms: what each of them refused. */
  readonly errors?: readonly (readonly Refused[])[];
}

/** What a wrong type should look like. */
const FORMS: Readonly<Record<string, string>> = {
  string: '"…"',
  number: "123",
  int: "123",
  boolean: "true | false",
  array: "[ … ]",
  record: "{ … }",
  object: "{ … }",
};

/** A length is told beside the form of what has it. */
function bound(issue: Refused, limit: unknown, sign: "≥" | "≤"): string | undefined {
  if (typeof limit !== "number" && typeof limit !== "bigint") return undefined;
  const strict = issue.inclusive === false;
  const said = `${strict ? (sign === "≥" ? ">" : "<") : sign} ${limit}`;
  const form = issue.origin === "string" || issue.origin === "array" ? FORMS[issue.origin] : undefined;
  if (form === undefined) return said;
  return sign === "≥" && limit === 1 ? form : `${form} (${said})`;
}

/** zod's own sentences, in English. What a schema of ours says instead is a form itself, or the key of a rule. */
const SENTENCE = /^(?:Invalid|Too|Unrecognized) /;

/** How a refused value must look, in signs that need no language; undefined when its message says just that. */
export function wantedForm(issue: Pick<Refused, "message">): string | undefined {
  const refused = issue as Refused;
  if (!SENTENCE.test(issue.message)) return undefined;
  if (refused.errors !== undefined) {
    const forms = refused.errors.flatMap(([first]) => (first === undefined ? [] : (wantedForm(first) ?? [])));
    return forms.length === 0 ? undefined : [...new Set(forms)].join(" | ");
  }
  const { code, format, pattern, divisor, expected, values } = refused;
  if (code === "too_small") return bound(refused, refused.minimum, "≥");
  if (code === "too_big") return bound(refused, refused.maximum, "≤");
  if (code === "not_multiple_of") return `n × ${String(divisor)}`;
  if (code === "invalid_format") return format === "regex" ? String(pattern) : String(format);
  if (code === "invalid_value" && Array.isArray(values)) return values.map(String).join(" | ");
  return code === "invalid_type" ? (FORMS[String(expected)] ?? String(expected)) : undefined;
}

/** The rule of ours that a value broke, by its key; of several forms the one that has a rule. */
export function brokenRule(issue: Pick<Refused, "message">): string | undefined {
  const { errors, message } = issue as Refused;
  if (errors !== undefined) return errors.flatMap(([first]) => (first && brokenRule(first)) ?? [])[0];
  return SENTENCE.test(message) ? undefined : message;
}
