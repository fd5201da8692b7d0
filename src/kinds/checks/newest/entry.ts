import { ReachError, type Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { dateIn } from "./date.ts";

/** One entry of a directory of backups. */
export interface Entry {
  readonly name: string;
  /** When it was made: the date in its name, refined by its last change; else its last change. */
  readonly at: number;
}

/** What an entry holds. */
export interface Content {
  readonly bytes: number;
  readonly files: number;
}

const MOST_FILES = 20_000;
const DEEPEST = 8;

/**
 * When an entry was made. A date in the name wins over the time of change, which copying and touching move; within the
 * day of the name the time of change says the hour.
 */
export function madeAt(name: string, modified: number, zone: string): { readonly at: number; readonly dated: boolean } {
  const dated = dateIn(name, zone);
  if (!dated) return { at: modified, dated: false };
  return { at: Math.min(Math.max(modified, dated.from), dated.to), dated: true };
}

/** Bytes and files of an entry, to a bounded number and depth. */
export async function contentOf(reach: Reach, path: string): Promise<Content> {
  let [bytes, files] = [0, 0];
  const visit = async (at: string, depth: number): Promise<void> => {
    const found = await reach.stat(at).catch((error: unknown) => {
      if (error instanceof ReachError && error.reason === "absent") return undefined;
      throw error;
    });
    if (found?.kind === "file") {
      bytes += found.size;
      files += 1;
    }
    if (files > MOST_FILES || depth > DEEPEST) throw new Unjudged("too-large", path);
    if (found?.kind === "directory") for (const name of await reach.list(at)) await visit(`${at}/${name}`, depth + 1);
  };
  await visit(path, 0);
  return { bytes, files };
}
