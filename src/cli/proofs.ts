import { join, resolve } from "node:path";
import { dateHere, dateIn } from "../book/lint/today.ts";
import type { Demands } from "../evidence/demands.ts";
import { evidenceFolder } from "../evidence/folder.ts";
import type { OpenedLogs } from "../evidence/opened.ts";
import type { Signer } from "../evidence/signers.ts";
import type { Limits } from "../evidence/limits/kind.ts";
import type { ProofCache } from "../evidence/proofs.ts";
import type { BookConfig } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import type { Verification } from "../model/evidence.ts";

// Not imported: see dispatch.ts.
const { existsSync, readFileSync, realpathSync } = process.getBuiltinModule("node:fs");

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
  const { ownSigners } = await import("../evidence/own-signers.ts");
  return ownSigners(join(data, "keys"));
}

/** What this book makes of one evidence directory. A book that cannot be read trusts nobody. `opened`: of whoever asks often. */
export async function believed(
  place: Pick<ProofPlace, "root" | "data" | "now">,
  directory: string,
  limits: Limits,
  opened?: OpenedLogs,
): Promise<Verification> {
  const [{ readConfig }, { verifyDirectory }] = await Promise.all([
    import("../book/config/read.ts"),
    import("../evidence/verify.ts"),
  ]);
  const yaml = join(place.root, "watchbook.yaml");
  const { config, findings } = readConfig("watchbook.yaml", existsSync(yaml) ? readFileSync(yaml, "utf8") : "");
  const broken = findings.some(({ level }) => level === "error");
  const demands = await demandsOf({ ...place, config });
  const shared = { ...demands, limits, ...(opened && { opened }) };
  return verifyDirectory(directory, { ...shared, ...(broken && { trust: { signers: [] } }) });
}

/** What this book demands of evidence that it is to believe. */
export async function demandsOf(place: ProofPlace): Promise<Demands> {
  const { config, data, now } = place;
  const evidence = evidenceFolder(place);
  const [{ remembered }, signers] = await Promise.all([import("../evidence/remembered.ts"), signersOf(place)]);
  const checkpoint = remembered(join(data, "keys"), evidence);
  return {
    trust: { signers },
    limits: {},
    pins: { now },
    roots: existsSync(evidence) ? [realpathSync(evidence)] : [evidence],
    ...(config.people.length > 0 && { people: config.people }),
    ...(config.approvals === "keys-only" && { keysOnly: true }),
    ...(checkpoint !== undefined && { checkpoint }),
  };
}

/**
 * `YYYY-MM-DD` of the last proof by runbook id: its newest passed run whose evidence this book believes. Without an
 * evidence folder nothing is loaded or read.
 */
export async function proofDates(place: ProofPlace, cache?: ProofCache): Promise<ReadonlyMap<string, string>> {
  const evidence = evidenceFolder(place);
  if (!existsSync(evidence)) return new Map();
  const [{ proofsOf }, demands] = await Promise.all([import("../evidence/proofs.ts"), demandsOf(place)]);
  const { zone } = place;
  const date = (wall: number): string => (zone === undefined ? dateHere(wall) : dateIn(wall, zone));
  const proofs = await proofsOf(evidence, demands, cache);
  return new Map([...proofs].map(([id, { ended }]) => [id, date(ended)]));
}
