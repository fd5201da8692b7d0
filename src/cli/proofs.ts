import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dateHere, dateIn } from "../book/lint/today.ts";
import type { Signer } from "../evidence/signers.ts";
import type { ProofCache } from "../evidence/proofs.ts";
import type { BookConfig } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";

/** Where the evidence of a book lies and whom it trusts. */
export interface ProofPlace {
  readonly config: BookConfig;
  /** Absolute path of the book's root. */
  readonly root: string;
  /** Absolute path of the data directory. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA zone of the dates; default: this machine's. */
  readonly zone?: string;
}

/** The book's signers, else this data directory's own key. Signers that cannot be read trust nobody: `evidence verify` says so. */
async function signersOf({ config, root, data }: ProofPlace): Promise<readonly Signer[]> {
  const { parseSigners } = await import("../evidence/signers.ts");
  if (config.signers !== undefined) {
    const file = resolve(root, config.signers);
    if (!existsSync(file)) return [];
    try {
      return parseSigners(readFileSync(file, "utf8"), file);
    } catch (error) {
      if (error instanceof WatchbookError) return [];
      throw error;
    }
  }
  const { publicKeyFile, publicKeyFromPem } = await import("../evidence/key.ts");
  const own = publicKeyFile(join(data, "keys"));
  return existsSync(own) ? [{ name: "data", key: publicKeyFromPem(readFileSync(own)) }] : [];
}

/**
 * `YYYY-MM-DD` of the last proof by runbook id: its newest passed run whose evidence this book believes. Without an
 * evidence folder nothing is loaded or read.
 */
export async function proofDates(place: ProofPlace, cache?: ProofCache): Promise<ReadonlyMap<string, string>> {
  const { config, root, data, now, zone } = place;
  const evidence = config.evidence === undefined ? join(data, "evidence") : resolve(root, config.evidence);
  if (!existsSync(evidence)) return new Map();
  const [{ proofsOf }, { remembered }, signers] = await Promise.all([
    import("../evidence/proofs.ts"),
    import("../evidence/remembered.ts"),
    signersOf(place),
  ]);
  const checkpoint = remembered(join(data, "keys"), evidence);
  const demands = {
    trust: { signers },
    limits: {},
    pins: { now },
    roots: [evidence],
    ...(config.people.length > 0 && { people: config.people }),
    ...(checkpoint !== undefined && { checkpoint }),
  };
  const date = (wall: number): string => (zone === undefined ? dateHere(wall) : dateIn(wall, zone));
  return new Map([...proofsOf(evidence, demands, cache)].map(([id, { ended }]) => [id, date(ended)]));
}
