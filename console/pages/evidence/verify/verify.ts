import { hexOf, sha256, type Bytes } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { openEnvelope } from "./envelope.ts";
import { Flaw } from "./flaw.ts";
import { checkLogged, type Logged } from "./log.ts";
import { validAt, type Signer } from "./signers.ts";
import { readStated, readStatement, TEST_RESULT, type Stated, type Subject } from "./statement.ts";

export const STATEMENT_FILE = "statement.dsse.json";
const TEST_FILE = "test-result.dsse.json";
const PROOF_FILE = "statement.tlog-proof";
const RESULTS = ["result.env", "result.json", "result.md", "events.jsonl"] as const;
const ALWAYS: readonly string[] = [...RESULTS, STATEMENT_FILE, TEST_FILE, PROOF_FILE];
/** What only some evidence has; each is a subject of the statement. */
const SOMETIMES = /^(?:attachment-\d{2,6}\.[a-z0-9]{1,5}|ledger(?:-back)?\.json)$/;
/** Signatures of persons over the statement: not looked at here. */
const PERSONS = /^statement\.[\p{L}\p{N}][\p{L}\p{N}_.@-]*\.sshsig$/u;
/** Largest file that is looked at, bytes; as `evidence verify` has it. */
const LARGEST = 32 * 1024 * 1024;

/** Whether a file of this name belongs to evidence. */
export const isEvidenceFile = (name: string): boolean =>
  ALWAYS.includes(name) || SOMETIMES.test(name) || PERSONS.test(name);

export const CHECKS = ["files", "envelope", "time", "digests", "second", "logged"] as const;
export type Check = (typeof CHECKS)[number];

/** What was checked, in order, and what stopped it. Without `flaw` everything held. */
export interface Checked {
  readonly held: readonly Check[];
  readonly flaw?: Flaw;
  /** From a trusted signature; absent when there was none. */
  readonly stated?: Stated;
  readonly signer?: Signer;
  readonly subjects?: readonly Subject[];
  readonly log?: Logged;
  /** Signatures of persons that lie beside it, by file name. */
  readonly persons: readonly string[];
}

type Files = ReadonlyMap<string, Bytes>;

/** Every file that must be there, none that nobody signed, none too large. */
function checkFiles(files: Files): void {
  for (const [file, { length }] of files) {
    if (!isEvidenceFile(file)) throw new Flaw("extra", { file });
    if (length > LARGEST) throw new Flaw("large", { file });
  }
  const file = ALWAYS.find((name) => !files.has(name));
  if (file !== undefined) throw new Flaw("missing", { file });
}

/** The files are those that were signed: each of the results, and whatever else of them is there or was signed. */
async function checkDigests(files: Files, subjects: readonly Subject[]): Promise<void> {
  const signed = new Map(subjects.map(({ name, digest }) => [name, digest.sha256]));
  const wanted = [...signed.keys()].filter((name) => SOMETIMES.test(name));
  const there = [...files.keys()].filter((name) => SOMETIMES.test(name));
  for (const file of new Set([...RESULTS, ...wanted, ...there])) {
    const bytes = files.get(file);
    if (bytes === undefined) throw new Flaw("missing", { file });
    if (hexOf(await sha256(bytes)) !== signed.get(file)) throw new Flaw("digest", { file });
  }
}

/** in-toto's own envelope beside ours is of the same files, and says of a pass nothing but a pass. */
async function checkSecond(files: Files, stated: Stated, subjects: readonly Subject[], trusted: readonly Signer[]) {
  const { payload } = await openEnvelope(files.get(TEST_FILE)!, TEST_FILE, trusted);
  const { subject, predicate } = readStatement(payload, TEST_FILE, TEST_RESULT);
  const { result } = (predicate ?? {}) as { readonly result?: unknown };
  const passed = result === "PASSED" || result === "WARNED";
  if (canonical(subject) !== canonical(subjects) || passed !== (stated.verdict === "pass"))
    throw new Flaw("second", { file: TEST_FILE });
}

/**
 * Verifies the files of one evidence directory as far as a browser can, believing nothing but what one of the trusted keys
 * signed. `id`: the name of the directory, where it is known. Never throws for what the files contain.
 */
export async function verifyFiles(files: Files, trusted: readonly Signer[], id?: string): Promise<Checked> {
  const held: Check[] = [];
  let known: Pick<Checked, "stated" | "signer" | "subjects" | "log"> = {};
  const persons = [...files.keys()].filter((name) => PERSONS.test(name));
  try {
    checkFiles(files);
    held.push("files");
    const statement = files.get(STATEMENT_FILE)!;
    const { payload, signer } = await openEnvelope(statement, STATEMENT_FILE, trusted);
    const { subject, predicate } = readStatement(payload, STATEMENT_FILE);
    const stated = readStated(predicate, STATEMENT_FILE);
    known = { stated, signer, subjects: subject };
    held.push("envelope");
    if (!validAt(signer, Date.parse(stated.ended))) throw new Flaw("expired", { name: signer.name, at: stated.ended });
    if (id !== undefined && stated.path.split("/").at(-1) !== id) throw new Flaw("moved", { path: stated.path });
    held.push("time");
    await checkDigests(files, subject);
    held.push("digests");
    await checkSecond(files, stated, subject, trusted);
    held.push("second");
    const { path, runbook } = stated;
    const entry = { statement, path, name: STATEMENT_FILE, ...(runbook !== undefined && { runbook }) };
    known = { ...known, log: await checkLogged(files.get(PROOF_FILE)!, PROOF_FILE, entry, trusted) };
    held.push("logged");
    return { held, persons, ...known };
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    return { held, persons, flaw: error, ...known };
  }
}
