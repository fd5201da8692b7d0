import { createHash, randomBytes } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { WatchbookError } from "../model/error.ts";
import type { EvidenceInput, EvidenceOrigin, EvidencePlace } from "../model/evidence.ts";
import { systemClock, type Clock } from "../model/time.ts";
import { makeFolder } from "../store/folder.ts";
import { canonical } from "./canonical.ts";
import { openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { diskError, readPlain, syncFolder, textOf } from "./disk.ts";
import { seal } from "./dsse.ts";
import { logEntry } from "./entry.ts";
import { writeEnv } from "./env.ts";
import { FILES, SUBJECTS } from "./files.ts";
import { signingKey, type SigningKey } from "./key.ts";
import { append, lockLog, logFolder, readCheckpoint, recoverLog } from "./log.ts";
import { evidencePath } from "./name.ts";
import { ownSigners } from "./own-signers.ts";
import { parseProof } from "./proof.ts";
import { recompute } from "./recompute.ts";
import type { Recomputed } from "./recompute/recomputed.ts";
import { Refusal } from "./refusal.ts";
import { checkRemembered, remember, remembered } from "./remembered.ts";
import { statementIn, statementOf, testResultOf, type Subject } from "./statement.ts";
import { readEntry } from "./tiles.ts";

export { FILES, SUBJECTS };

export interface Recorder {
  /** Absolute path of the evidence root. */
  readonly root: string;
  /** Absolute path of the folder with the host's key: data/keys. */
  readonly keys: string;
  /** Of runs that bring none of their own. */
  readonly origin: EvidenceOrigin;
  readonly clock?: Clock;
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/**
 * Writes, signs and logs the evidence of a run; a second call for the same run gives the first one's place. The
 * directory appears whole or not at all, and when it is there it is in the log, whatever crashes when. Rejects with
 * WatchbookError EVIDENCE-FULL, EVIDENCE-READ-ONLY, EVIDENCE-IO, EVIDENCE-KEY-OPEN, EVIDENCE-LOG-DAMAGED,
 * EVIDENCE-LOG-CUT, EVIDENCE-TAKEN or EVIDENCE-LOG-BUSY; throws TypeError for input that nobody could verify: that is our bug.
 */
export async function recordEvidence(to: Recorder, input: EvidenceInput): Promise<EvidencePlace> {
  const files = filesOf(input);
  try {
    using _lock = await lockLog(to.root, to.clock ?? systemClock);
    recoverLog(to.root);
    ignoreWork(to.root);
    checkRemembered(to.keys, to.root);
    rememberOwn(to);
    const key = signingKey(to.keys);
    const { path, known } = placeFor(to.root, input);
    return known ?? write(to, input, files, key, path);
  } catch (error) {
    if (!(error instanceof Refusal)) throw diskError(error, to.root);
    throw new WatchbookError("EVIDENCE-LOG-DAMAGED", { path: logFolder(to.root) }, { cause: error });
  }
}

/** Contents of the files that the statement covers. Checked against our own verifier's rules before anything is written. */
function filesOf(input: EvidenceInput): ReadonlyMap<string, string | Uint8Array> {
  const judged = recomputed(input);
  const { verdict, attachments = [] } = judged;
  if (verdict !== input.verdict) throw new TypeError(`verdict ${input.verdict}, but the events say ${verdict}`);
  const given = input.attachments ?? new Map<string, Uint8Array>();
  const wrong = attachments.find(({ file, sha256: said }) => sha256(given.get(file) ?? "") !== said);
  if (given.size !== new Set(attachments.map(({ file }) => file)).size)
    throw new TypeError("attachments without events");
  if (wrong) throw new TypeError(`attachment ${wrong.file} is not what the events say`);
  const bytesOf = (file: string): Buffer | undefined => {
    const bytes = given.get(file);
    return bytes && Buffer.from(bytes);
  };
  verifiable(() => judged.counts?.(bytesOf));
  return new Map<string, string | Uint8Array>([
    [FILES.env, writeEnv(input.env)],
    [FILES.json, canonical(input.result)],
    [FILES.markdown, input.markdown],
    [FILES.events, input.events.map((event) => `${canonical(event)}\n`).join("")],
    ...given,
  ]);
}

const recomputed = (input: EvidenceInput): Recomputed =>
  verifiable(() => recompute(input.kind, input.events, input.mode));

/** What our own verifier would refuse is never written. */
function verifiable<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof Refusal ? new TypeError(`unverifiable events: ${error.message}`, { cause: error }) : error;
  }
}

/** A crash may have come between a checkpoint and its being remembered. Only one of this host's own: others can write there. */
function rememberOwn({ keys, root }: Recorder): void {
  const note = readCheckpoint(root);
  if (note === undefined || note === remembered(keys, root)) return;
  try {
    openCheckpoint(note, "log/checkpoint", ownSigners(keys));
  } catch (error) {
    if (error instanceof Refusal) return;
    throw error;
  }
  remember(keys, root);
}

/** The evidence of a run in this directory, as the log has it; undefined for anything else that somebody put there. */
function knownAt(root: string, path: string, run: string): EvidencePlace | undefined {
  const directory = join(root, path);
  try {
    const [sealed, proof] = [FILES.statement, FILES.proof].map((name) => readPlain(join(directory, name), name));
    const said = sealed && statementIn(sealed)?.predicate;
    if (!sealed || !proof || said?.run !== run) return undefined;
    const { index } = parseProof(textOf(proof, FILES.proof), FILES.proof);
    const { size } = parseCheckpoint(readCheckpoint(root) ?? "", "log/checkpoint");
    const entry = logEntry(sealed, path, said.runbook);
    if (index >= size || !readEntry(logFolder(root), index, size)?.equals(entry)) return undefined;
    // The log has just these bytes: they are what was sealed here.
    const { signatures } = JSON.parse(sealed.toString("utf8")) as { readonly signatures: readonly { keyid: string }[] };
    return { directory, leaf: index, keyId: signatures[0]!.keyid };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The directory's path; `known` when this run has evidence already. Who is first at a path is not believed for that. */
function placeFor(root: string, input: EvidenceInput): { readonly path: string; readonly known?: EvidencePlace } {
  for (let digits = 4; digits <= 64; digits *= 2) {
    const path = evidencePath(input, digits);
    const known = knownAt(root, path, input.id);
    if (known) return { path, known };
    if (!lstatSync(join(root, path), { throwIfNoEntry: false })) return { path };
  }
  throw new WatchbookError("EVIDENCE-TAKEN", { path: join(root, evidencePath(input)) });
}

function write(
  to: Recorder,
  input: EvidenceInput,
  files: ReadonlyMap<string, string | Uint8Array>,
  key: SigningKey,
  path: string,
): EvidencePlace {
  const own: Subject[] = [...files].map(([name, text]) => ({ name, digest: { sha256: sha256(text) } }));
  const others = input.subjects.map(({ name, sha256: digest }) => ({ name, digest: { sha256: digest } }));
  const statement = statementOf(input, path, input.origin ?? to.origin, [...own, ...others]);
  const sealed = seal(statement, key);
  const { items } = recomputed(input);
  const appended = append(to.root, logEntry(sealed, path, statement.predicate.runbook), path, key);
  const directory = join(to.root, path);
  putDirectory(directory, [
    ...files,
    [FILES.statement, sealed],
    [FILES.testResult, seal(testResultOf(statement, items), key)],
    [FILES.proof, appended.proof],
  ]);
  appended.commit();
  remember(to.keys, to.root);
  appended.tidy();
  return { directory, leaf: appended.index, keyId: key.publicKey.id };
}

/** What a root in git should not carry: locks and work that is not finished. */
const IGNORED = "log/lock.db*\nlog/checkpoint.next\n.new-*\n*.tmp\n";

function ignoreWork(root: string): void {
  const file = join(root, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, IGNORED);
}

/** Every file fsynced under another name, then the whole directory renamed into place. */
function putDirectory(directory: string, files: readonly (readonly [string, string | Uint8Array])[]): void {
  const parent = dirname(directory);
  makeFolder(parent);
  for (const left of readdirSync(parent)) if (left.startsWith(".new-")) rmSync(join(parent, left), { recursive: true });
  const fresh = join(parent, `.new-${randomBytes(6).toString("hex")}`);
  mkdirSync(fresh);
  for (const [name, text] of files) writeFileSync(join(fresh, name), text, { flush: true });
  syncFolder(fresh);
  renameSync(fresh, directory);
  syncFolder(parent);
}
