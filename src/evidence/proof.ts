import type { Hash } from "./merkle.ts";
import { Refusal } from "./refusal.ts";

/** A C2SP tlog-proof: leaf number, path to the root, and the checkpoint that has this root. */
export interface Proof {
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed checkpoint, whole. */
  readonly note: string;
}

const HEAD = "c2sp.org/tlog-proof@v1";

export const formatProof = ({ index, hashes, note }: Proof): string =>
  [HEAD, `index ${index}`, ...hashes.map((hash) => hash.toString("base64")), "", note].join("\n");

const FORM = /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d{0,9})\n((?:[A-Za-z0-9+/]{43}=\n){0,31})\n([^]+)$/;

/** Reads a proof without believing it. */
export function parseProof(text: string, file: string): Proof {
  const found = FORM.exec(text);
  if (!found) throw new Refusal("not-a-proof", { file });
  const lines = found[2]!.split("\n").slice(0, -1);
  const hashes = lines.map((line) => Buffer.from(line, "base64"));
  if (hashes.some((hash, n) => hash.length !== 32 || hash.toString("base64") !== lines[n]))
    throw new Refusal("not-a-proof", { file });
  return { index: Number(found[1]), hashes, note: found[3]! };
}
