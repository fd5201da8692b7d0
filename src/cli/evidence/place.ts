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
  const { config, findings } = readConfig("watchbook.yaml", existsSync(yaml) ? readFileSync(yaml, "utf8") : "");
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
 * verdict is worth is said with it.
 */
export function placesFor(call: Call, path: string): EvidencePlaces {
  const named = call.values["book"] !== undefined || call.values["data"] !== undefined;
  if (named || existsSync(join(call.book, "watchbook.yaml"))) return placesOf(call);
  const directory = directoryOf(path);
  const data = directory === undefined ? undefined : above(directory, join("keys", "evidence.pub.pem"));
  const book = above(directory ?? dirname(path), "watchbook.yaml") ?? call.book;
  return placesOf({ book, data: data ?? join(book, ".watchbook") });
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

/** The nearest folder at or above `start` that has `file`. */
function above(start: string, file: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The file's text, or the user's error. */
export function readText(path: string, code = "FILE-NOT-FOUND"): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (!["ENOENT", "EISDIR", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
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
