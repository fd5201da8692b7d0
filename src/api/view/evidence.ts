import { existsSync, lstatSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Daemon } from "../../engine/daemon.ts";
import { looked, namesIn, readPlain } from "../../evidence/disk.ts";
import { evidenceFolder } from "../../evidence/folder.ts";
import { FILES } from "../../evidence/files.ts";
import { fingerprintOf, pemOf } from "../../evidence/key.ts";
import { isEvidence } from "../../evidence/directory.ts";
import { evidenceNamed, monthsOf, namedIn, saidBy } from "../../evidence/list.ts";
import { ownSigners } from "../../evidence/own-signers.ts";
import { standing } from "../../evidence/on-record.ts";
import { Refusal } from "../../evidence/refusal.ts";
import { parseSigners, signerLine, type Signer } from "../../evidence/signers.ts";
import { WatchbookError } from "../../model/error.ts";
import type { EvidenceListed, EvidenceShown, Signers } from "../contract.ts";

type Host = Pick<Daemon, "book" | "house">;

function folderOf({ book, house: { data } }: Host): string {
  const { root, book: open } = book().open;
  return evidenceFolder({ config: open.config, root, data });
}

/** What a statement says, nothing of it verified; null for one that cannot be read. */
function saysOf(directory: string): EvidenceListed["says"] {
  const said = saidBy(directory);
  if (said === undefined) return null;
  const { run, kind, title, mode, verdict, started, ended, host, book } = said;
  return { run, kind, title, mode, verdict, started, ended, host, commit: book.commit };
}

const listed = (root: string, directory: string): EvidenceListed => ({
  id: basename(directory),
  path: relative(root, directory),
  says: saysOf(directory),
});

/** Of which kind the evidence is whose statement stands so, for those that were asked for one; null: it cannot be read. */
export type Kinds = Map<string, NonNullable<EvidenceListed["says"]>["kind"] | null>;

const isOther = (known: string | null | undefined, kind: string): boolean =>
  typeof known === "string" && known !== kind;

/** So many directories are looked at between two turns of others. */
const AT_ONCE = 32;

/** Newest first, at most `limit` of this kind. `total`: directories of every kind. There may be years of them. */
export async function listOf(host: Host, kind: string | undefined, limit: number, kinds: Kinds = new Map()) {
  const root = folderOf(host);
  const evidence: EvidenceListed[] = [];
  let total = 0;
  for (const month of monthsOf(root)) {
    const named = namedIn(month);
    total += named.length;
    for (const [n, directory] of named.entries()) {
      if (evidence.length === limit) break;
      if (n % AT_ONCE === 0) await turn();
      // What cannot be read may be of any kind, and is not passed over.
      const key = kind === undefined ? "" : `${directory} ${standing(join(directory, FILES.statement))}`;
      if (kind !== undefined && isOther(kinds.get(key), kind)) continue;
      if (!isEvidence(directory)) continue;
      const one = listed(root, directory);
      if (kind !== undefined) kinds.set(key, one.says?.kind ?? null);
      if (kind === undefined || one.says === null || one.says.kind === kind) evidence.push(one);
    }
  }
  return { total, evidence };
}

/** The directory of this name. Throws EVIDENCE-UNKNOWN. */
export function directoryOf(host: Host, id: string): string {
  const found = evidenceNamed(folderOf(host), id);
  if (found === undefined) throw new WatchbookError("EVIDENCE-UNKNOWN", { id });
  return found;
}

/** Plain files that lie there, in order, with their bytes. Links and folders are none, nor is what cannot be looked at. */
function filesIn(directory: string): EvidenceShown["files"] {
  try {
    return namesIn(directory, directory)
      .toSorted()
      .flatMap((name) => {
        const found = looked(name, () => lstatSync(join(directory, name)));
        return found?.isFile() ? [{ name, bytes: found.size }] : [];
      });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Bytes of a listed file. Throws EVIDENCE-FILE-ABSENT for anything else, and for what is larger than the verifier reads. */
export function fileOf(host: Host, id: string, name: string): Buffer {
  const directory = directoryOf(host, id);
  const found = filesIn(directory).find((one) => one.name === name)?.name;
  try {
    const bytes = found === undefined ? undefined : readPlain(join(directory, found), found);
    if (bytes !== undefined) return bytes;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw new WatchbookError("EVIDENCE-FILE-ABSENT", { id, file: name });
}

export function shownOf(host: Host, id: string): EvidenceShown {
  const directory = directoryOf(host, id);
  const files = filesIn(directory);
  return { ...listed(folderOf(host), directory), directory, files };
}

const signerOf = (signer: Signer): Signers["signers"][number] => ({
  name: signer.name,
  fingerprint: fingerprintOf(signer.key),
  line: signerLine(signer),
  pem: pemOf(signer.key),
});

/** Whom the book trusts: its signers file alone; without one this data directory's own keys. Throws EVIDENCE-SIGNERS-…. */
export function signersOf({ book, house }: Host): Signers {
  const { root, book: open } = book().open;
  if (open.config.signers !== undefined) {
    const file = resolve(root, open.config.signers);
    if (!existsSync(file)) throw new WatchbookError("EVIDENCE-SIGNERS-MISSING", { path: file, file });
    return { of: "book", signers: parseSigners(readFileSync(file, "utf8"), file).map(signerOf) };
  }
  const own = ownSigners(join(house.data, "keys"));
  return { of: own.length === 0 ? "nobody" : "host", signers: own.map(signerOf) };
}
