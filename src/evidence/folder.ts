import { join, resolve } from "node:path";
import type { BookConfig } from "../model/config.ts";

interface Place {
  readonly config: Pick<BookConfig, "evidence">;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** Absolute path of the data directory. */
  readonly data: string;
}

/** Where the evidence of a book lies: its own folder, else the data directory. */
export const evidenceFolder = ({ config, root, data }: Place): string =>
  config.evidence === undefined ? join(data, "evidence") : resolve(root, config.evidence);
