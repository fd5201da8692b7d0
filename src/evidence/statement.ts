import type { EvidenceInput, EvidenceOrigin } from "../model/evidence.ts";
import type { Outcome, Verdict } from "../model/states.ts";
import { utc } from "../model/time.ts";
import { VERDICTS } from "../model/states.ts";
import { isRunbook } from "./entry.ts";
import { FILES } from "./files.ts";
import { Refusal } from "./refusal.ts";

/** in-toto Statement v1. */
export interface Statement<P> {
  readonly _type: typeof STATEMENT;
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: P;
}
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

const STATEMENT = "https://in-toto.io/Statement/v1";
/** Our predicate. A number at the end that grows when a reader of the old one would be misled. */
export const PREDICATE = "urn:x-watchbook:evidence:v1";
export const TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

/** What the signature binds besides the digests of the files. */
export interface Predicate {
  readonly run: string;
  readonly kind: EvidenceInput["kind"];
  readonly title: string;
  /** Of a run: the runbook's id, which the log names too. Absent in what was recorded before it did. */
  readonly runbook?: string;
  readonly mode: EvidenceInput["mode"];
  readonly verdict: Verdict;
  /** UTC with milliseconds. */
  readonly started: string;
  readonly ended: string;
  /** `2026/11/20261120T083300Z-…`: where it lies below the evidence root. */
  readonly path: string;
  readonly host: string;
  readonly version: string;
  readonly book: EvidenceOrigin["book"];
}

/** The runbook of a run, as its result has it. */
function runbookOf({ kind, result }: EvidenceInput): Pick<Predicate, "runbook"> {
  const { runbook } = result as { readonly runbook?: unknown };
  return (kind === "run" || kind === "drill") && isRunbook(runbook) ? { runbook } : {};
}

export const statementOf = (
  input: EvidenceInput,
  path: string,
  origin: EvidenceOrigin,
  subject: readonly Subject[],
): Statement<Predicate> => ({
  _type: STATEMENT,
  subject,
  predicateType: PREDICATE,
  predicate: {
    run: input.id,
    kind: input.kind,
    title: input.title,
    ...runbookOf(input),
    mode: input.mode,
    verdict: input.verdict,
    started: utc(input.started),
    ended: utc(input.ended),
    path,
    ...origin,
  },
});

/** in-toto's own predicate for tests, v0.1, for readers that know only that one. */
export interface TestResult {
  readonly result: "PASSED" | "WARNED" | "FAILED";
  readonly configuration: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
}

/** Items by outcome; what was not proven (unknown, open, a rehearsal) counts as failed: the format has no third state. */
export function testResultOf(
  statement: Statement<Predicate>,
  items: readonly { readonly id: string; readonly outcome: Outcome | "open" }[],
): Statement<TestResult> {
  const { verdict, book } = statement.predicate;
  const ids = (wanted: readonly string[]) => items.filter((item) => wanted.includes(item.outcome)).map(({ id }) => id);
  const warned = ids(["warn"]);
  return {
    _type: STATEMENT,
    subject: statement.subject,
    predicateType: TEST_RESULT,
    predicate: {
      result: verdict !== "pass" ? "FAILED" : warned.length > 0 ? "WARNED" : "PASSED",
      configuration: [{ name: "book", digest: { sha256: book.digest.replace(/^sha256:/, "") } }],
      passedTests: ids(["pass"]),
      warnedTests: warned,
      failedTests: ids(["fail", "unknown", "open"]),
    },
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isUtc = (value: unknown): value is string =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);

/** A payload that is our statement, or a refusal. Signed by a trusted key already, yet nothing is taken for granted. */
export function readStatement(payload: unknown, file: string): Statement<Predicate> {
  const { _type, subject, predicateType, predicate } = (payload ?? {}) as Partial<Statement<Partial<Predicate>>>;
  if (_type !== STATEMENT || predicateType !== PREDICATE) throw new Refusal("not-our-statement", { file });
  const names = new Set<string>();
  const subjectsGood =
    Array.isArray(subject) &&
    subject.every((one: Partial<Subject> | null) => {
      const good = isText(one?.name) && /^[0-9a-f]{64}$/.test(one.digest?.sha256 ?? "") && !names.has(one.name);
      names.add(String(one?.name));
      return good;
    });
  const { run, kind, title, runbook, mode, verdict, started, ended, path, host, version, book } = predicate ?? {};
  const good =
    subjectsGood &&
    [run, title, path, host, version].every(isText) &&
    ["inspection", "run", "drill", "incident"].includes(kind!) &&
    ["execute", "dry-run"].includes(mode!) &&
    VERDICTS.includes(verdict!) &&
    isUtc(started) &&
    isUtc(ended) &&
    (runbook === undefined || isRunbook(runbook)) &&
    isText(book?.digest) &&
    (book.commit === null || isText(book.commit)) &&
    typeof book.dirty === "boolean";
  if (!good) throw new Refusal("not-our-statement", { file });
  return payload as Statement<Predicate>;
}

/** The statement in these bytes of its file, no signature verified; undefined for what is none. */
export function statementIn(bytes: Buffer): Statement<Predicate> | undefined {
  try {
    const { payload } = JSON.parse(bytes.toString("utf8")) as { readonly payload: string };
    const statement: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return readStatement(statement, FILES.statement);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof Refusal) return undefined;
    throw error;
  }
}
