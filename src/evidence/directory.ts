import { createHash } from "node:crypto";
import { existsSync, lstatSync, statSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { COUNTERSIGNATURE } from "./countersign.ts";
import { looked, namesIn, readPlain, realPath, textOf } from "./disk.ts";
import { open } from "./dsse.ts";
import { EVIDENCE_PATH } from "./name.ts";
import { FILES, SUBJECTS } from "./files.ts";
import { Refusal } from "./refusal.ts";
import { ATTACHMENT } from "./run/attachments.ts";
import { validAt, type Signer } from "./signers.ts";
import { readStatement, type Predicate, type Statement } from "./statement.ts";

/** Contents of an evidence directory by file name. */
export type Files = ReadonlyMap<string, Buffer>;

/** Is there evidence in this folder? What is there and cannot be looked at counts: it must not go unseen. */
export function isEvidence(directory: string): boolean {
  const file = join(directory, FILES.statement);
  try {
    return looked(file, () => lstatSync(file)) !== undefined;
  } catch (error) {
    // A name that is too long is nobody's.
    if (error instanceof Refusal) return error.reason.args["code"] !== "ENAMETOOLONG";
    throw error;
  }
}

/** Everything of a directory: each file there, plain, and of a size that can be read; nothing else beside them. */
export function readFiles(directory: string): Files {
  if (!looked(directory, () => statSync(directory))?.isDirectory())
    throw new Refusal("file-missing", { file: directory });
  const expected: readonly string[] = Object.values(FILES);
  const belongs = (name: string): boolean => ATTACHMENT.test(name) || COUNTERSIGNATURE.test(name);
  const extra = namesIn(directory, directory).find((name) => !expected.includes(name) && !belongs(name));
  if (extra !== undefined) throw new Refusal("extra-file", { file: extra });
  return new Map(
    expected.map((name) => {
      const bytes = readPlain(join(directory, name), name);
      if (!bytes) throw new Refusal("file-missing", { file: name });
      return [name, bytes];
    }),
  );
}

/** The statement, signed by a trusted key that was valid when the run ended, in the directory it was made for. */
export function openStatement(
  files: Files,
  directory: string,
  trusted: readonly Signer[],
): { readonly statement: Statement<Predicate>; readonly signer: Signer } {
  const { payload, signer } = open(textOf(files.get(FILES.statement)!, FILES.statement), FILES.statement, trusted);
  const statement = readStatement(payload, FILES.statement);
  const { path, ended } = statement.predicate;
  if (!validAt(signer, Date.parse(ended))) throw new Refusal("signer-not-valid", { name: signer.name, at: ended });
  // A directory copied out for an auditor may have any name; one that looks like evidence must have its own.
  for (const name of [basename(realPath(directory, directory)), basename(resolve(directory))]) {
    const looks = [...`0000/00/${name}`.matchAll(EVIDENCE_PATH)].length > 0;
    if (looks && name !== basename(path)) throw new Refusal("moved", { name, path });
  }
  return { statement, signer };
}

const below = (folder: string, path: string): boolean => path.startsWith(folder + sep);

/**
 * Evidence of our own roots lies where it was made for, and there itself: moved or renamed it would pass as an auditor's
 * copy, which no log is asked about, and so would a copy elsewhere that a link inside the root leads to.
 */
export function checkPlace(directory: string, path: string, roots: readonly string[]): void {
  const [asked, real] = [resolve(directory), realPath(directory, directory)];
  for (const root of roots.filter((one) => existsSync(one))) {
    const home = realPath(root, root);
    if ((below(home, asked) || below(resolve(root), asked)) && !below(home, real))
      throw new Refusal("symlink", { file: basename(asked) });
    if (below(home, real) && real !== join(home, path)) throw new Refusal("moved", { name: basename(real), path });
  }
}

/** Digests of the files against the statement. */
export function checkSubjects(files: Files, { subject }: Statement<Predicate>): void {
  for (const name of SUBJECTS) {
    const said = subject.find((one) => one.name === name)?.digest.sha256;
    const is = createHash("sha256").update(files.get(name)!).digest("hex");
    if (said !== is) throw new Refusal("digest-disagrees", { file: name });
  }
}

/**
 * What persons gave: each file there, signed, and the one that the events tell of; nothing else of that kind there. Read
 * one after the other: they may be large.
 */
export function checkAttachments(
  directory: string,
  { subject }: Statement<Predicate>,
  attachments: readonly { readonly file: string; readonly sha256: string }[] = [],
): void {
  const told = new Map(attachments.map(({ file, sha256 }) => [file, sha256]));
  const extra = namesIn(directory, directory).find((name) => ATTACHMENT.test(name) && !told.has(name));
  if (extra !== undefined) throw new Refusal("extra-file", { file: extra });
  for (const [file, sha256] of told) {
    const bytes = readPlain(join(directory, file), file);
    if (!bytes) throw new Refusal("file-missing", { file });
    const said = subject.find(({ name }) => name === file)?.digest.sha256;
    const is = createHash("sha256").update(bytes).digest("hex");
    if (is !== said || is !== sha256) throw new Refusal("digest-disagrees", { file });
  }
}
