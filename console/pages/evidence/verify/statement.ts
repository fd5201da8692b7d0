import { Flaw } from "./flaw.ts";

/** in-toto's names of its types; taken apart, since the console holds no address of another host. */
const of = (...parts: readonly string[]): string => ["https:", "", "in-toto.io", ...parts].join("/");
const STATEMENT = of("Statement", "v1");
export const TEST_RESULT = of("attestation", "test-result", "v0.1");
const PREDICATE = "urn:x-watchbook:evidence:v1";

export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** What the signature binds besides the digests of the files. */
export interface Stated {
  readonly run: string;
  readonly kind: "inspection" | "run" | "drill" | "incident";
  readonly title: string;
  readonly mode: "execute" | "dry-run";
  readonly verdict: string;
  readonly started: string;
  readonly ended: string;
  readonly path: string;
  /** Of a run: id of its runbook. */
  readonly runbook?: string;
  readonly host: string;
  readonly version: string;
  readonly book: { readonly digest: string; readonly commit: string | null; readonly dirty: boolean };
}

const isText = (value: unknown): value is string => typeof value === "string";

function subjectsOf(value: unknown): readonly Subject[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = new Set<unknown>();
  const good = value.every((one: Partial<Subject> | null) => {
    const fine = isText(one?.name) && /^[0-9a-f]{64}$/.test(one.digest?.sha256 ?? "") && !names.has(one.name);
    names.add(one?.name);
    return fine;
  });
  return good ? (value as Subject[]) : undefined;
}

/** A signed payload of the given predicate type. Throws Flaw `statement`. */
export function readStatement(
  payload: unknown,
  file: string,
  type: string = PREDICATE,
): { readonly subject: readonly Subject[]; readonly predicate: unknown } {
  const { _type, subject, predicateType, predicate } = (payload ?? {}) as Readonly<Record<string, unknown>>;
  const subjects = subjectsOf(subject);
  if (_type !== STATEMENT || predicateType !== type || subjects === undefined) throw new Flaw("statement", { file });
  return { subject: subjects, predicate };
}

/** Our own predicate. Signed by a trusted key already, yet nothing is taken for granted. Throws Flaw `statement`. */
export function readStated(predicate: unknown, file: string): Stated {
  const given = (predicate ?? {}) as Partial<Stated>;
  const { run, kind, title, mode, verdict, started, ended, path, runbook, host, version, book } = given;
  const good =
    [run, title, path, host, version, book?.digest].every(isText) &&
    (runbook === undefined || (isText(runbook) && /^\S{1,200}$/.test(runbook))) &&
    ["inspection", "run", "drill", "incident"].includes(kind ?? "") &&
    ["execute", "dry-run"].includes(mode ?? "") &&
    ["pass", "fail", "rehearsal", "inconclusive"].includes(verdict ?? "") &&
    [started, ended].every((at) => isText(at) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at)) &&
    (book?.commit === null || isText(book?.commit)) &&
    typeof book.dirty === "boolean";
  if (!good) throw new Flaw("statement", { file });
  return predicate as Stated;
}
