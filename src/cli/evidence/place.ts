import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readConfig } from "../../book/config/read.ts";
import { isEvidence } from "../../evidence/directory.ts";
import { evidenceFolder } from "../../evidence/folder.ts";
import { EVIDENCE_PATH } from "../../evidence/name.ts";
import { ownSigners } from "../../evidence/own-signers.ts";
import { reason } from "../../evidence/refusal.ts";
import { parsePublicKeys, parseSigners } from "../../evidence/signers.ts";
import type { Trust } from "../../evidence/demands.ts";
import type { Person } from "../../model/config.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Call } from "../verb.ts";

/** Where evidence and keys of a book lie; the manual itself is not compiled for that. */
export interface EvidencePlaces {
  /** Absolute path of the evidence root. */
  readonly root: string;
  /** Absolute path of the folder with the host's key. */
  readonly keys: string;
  /** Absolute path of the book's signers file. */
  readonly signers?: string;
  /** People of the book, when it names any: whose approvals count. */
  readonly people?: readonly Person[];
  /** The book counts only approvals by keys of people's own. */
  readonly keysOnly?: boolean;
}

export function placesOf({ book, data }: Pick<Call, "book" | "data">): EvidencePlaces {
  const yaml = join(book, "watchbook.yaml");
  const { config, findings } = readConfig("watchbook.yaml", existsSync(yaml) ? readText(yaml) : "");
  // A file that cannot be read must not fall back to trusting our own key: it may name signers.
  const broken = findings.find(({ level }) => level === "error");
  if (broken) throw new WatchbookError("EVIDENCE-BOOK-BROKEN", { file: yaml }, { source: broken.source });
  return {
    root: evidenceFolder({ config, root: book, data }),
    keys: join(data, "keys"),
    ...(config.signers !== undefined && { signers: resolve(book, config.signers) }),
    ...(config.people.length > 0 && { people: config.people }),
    ...(config.approvals === "keys-only" && { keysOnly: true }),
  };
}

/**
 * Places for something to verify. Whoever stands in a book, or names one, asks with that book's trust. Else the book
 * and the data directory that the evidence itself lies in are taken, so that a path alone is enough; what such a
 * verdict is worth is said with it. Never one at or below a root of evidence: whoever writes there would say whom to
 * believe.
 */
export function placesFor(call: Call, path: string): EvidencePlaces {
  const named = call.values["book"] !== undefined || call.values["data"] !== undefined;
  const stands = around(call.book);
  if (named || stands.book === call.book) return placesOf(call);
  // Standing in evidence with a book laid into it is standing in what is around it.
  const elsewhere = stands.book ?? stands.data ?? call.book;
  const directory = directoryOf(path);
  // The root is three above, YEAR/MONTH/NAME, whatever a copy may say of itself.
  const { book = elsewhere, data } = around(
    directory === undefined ? dirname(path) : resolve(directory, "../../../.."),
  );
  return placesOf({ book, data: (directory === undefined ? undefined : data) ?? join(book, ".watchbook") });
}

/** The evidence directory that is meant: itself, the one of its file, or the last one that a report names. */
function directoryOf(path: string): string | undefined {
  if (isEvidence(path)) return path;
  if (isEvidence(dirname(path))) return dirname(path);
  if (!/\.(?:md|markdown)$/i.test(path)) return undefined;
  const text = readText(path);
  const last = Array.from(text.matchAll(EVIDENCE_PATH)).at(-1);
  if (!last) return undefined;
  const before = /\/[^`'"\n|]*$/.exec(text.slice(0, last.index))?.[0];
  return before === undefined ? undefined : join(before, last[0]);
}

/** The folder and what it lies in, from the outermost. */
const outermost = (folder: string): readonly string[] =>
  dirname(folder) === folder ? [folder] : [...outermost(dirname(folder)), folder];

/** The nearest book and data directory at or above `start`, but none that lies in the evidence of one further out. */
function around(start: string): { readonly book?: string; readonly data?: string } {
  const found: { book?: string; data?: string } = {};
  const roots: string[] = [];
  for (const folder of outermost(start)) {
    if (roots.some((root) => `${folder}/`.startsWith(`${root}/`))) break;
    if (existsSync(join(folder, "watchbook.yaml"))) {
      found.book = folder;
      roots.push(...rootIn(folder));
    }
    if (existsSync(join(folder, "keys", "evidence.pub.pem"))) {
      found.data = folder;
      roots.push(join(folder, "evidence"));
    }
  }
  return found;
}

/** Where the evidence of a book lies; nothing of one with errors: where it is the nearest, that is said. */
function rootIn(book: string): readonly string[] {
  try {
    return [placesOf({ book, data: join(book, ".watchbook") }).root];
  } catch (error) {
    if (error instanceof WatchbookError) return [];
    throw error;
  }
}

/** The file's text, or the user's error. */
export function readText(path: string, code = "FILE-NOT-FOUND"): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code: told = "" } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "EISDIR", "ENOTDIR", "EACCES", "ELOOP", "EPERM", "ENXIO"].includes(told)) throw error;
    throw new WatchbookError(code, { path, file: path }, { cause: error });
  }
}

/**
 * Whom to believe: `--public-key` alone; else the book's signers file alone; else, for lack of one, the key of this data
 * directory, which counts only for evidence of this data directory and is said with the verdict.
 */
export function trustOf(call: Call, places: EvidencePlaces, ours: boolean): Trust {
  const given = call.values["public-key"];
  if (typeof given === "string") {
    const path = resolve(call.world.cwd, given);
    return { signers: parsePublicKeys(readText(path), path) };
  }
  if (places.signers !== undefined)
    return { signers: parseSigners(readText(places.signers, "EVIDENCE-SIGNERS-MISSING"), places.signers) };
  const own = ours ? ownSigners(places.keys) : [];
  return { signers: own, note: own.length === 0 ? reason("no-signers") : reason("own-key") };
}
