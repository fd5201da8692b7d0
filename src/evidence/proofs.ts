import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Demands } from "./demands.ts";
import { readPlain, textOf } from "./disk.ts";
import { readEnv } from "./env.ts";
import { FILES } from "./files.ts";
import { listEvidence } from "./list.ts";
import { marksOf } from "./marks.ts";
import { Refusal } from "./refusal.ts";
import { verifyDirectory } from "./verify.ts";

/** A passed run of a runbook. */
export interface Proof {
  readonly runbook: string;
  /** Milliseconds since the epoch: when it ended. */
  readonly ended: number;
  readonly directory: string;
}

/** What was found of a directory before, as long as neither it nor the log nor the trust has changed. */
export type ProofCache = Map<string, boolean>;

/** What an evidence directory claims; undefined for anything but a passed, whole run. Nothing is believed yet. */
function claimOf(directory: string): (Proof & { readonly digest: string }) | undefined {
  try {
    const bytes = readPlain(join(directory, FILES.env), FILES.env);
    const statement = readPlain(join(directory, FILES.statement), FILES.statement);
    if (!bytes || !statement) return undefined;
    const env = readEnv(textOf(bytes, FILES.env), FILES.env);
    const passed = env.get("VERDICT") === "pass" && env.get("PARTIAL") === "false";
    const [runbook, ended] = [env.get("RUNBOOK"), Date.parse(env.get("ENDED_UTC") ?? "")];
    if (!passed || env.get("EVIDENCE_FORMAT") !== "watchbook-run/1" || !runbook || Number.isNaN(ended))
      return undefined;
    return { runbook, ended, directory, digest: createHash("sha256").update(bytes).update(statement).digest("hex") };
  } catch (error) {
    // What cannot be read proves nothing; `evidence verify` says why.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * The last proof of every runbook: its newest run that passed, in whole, verified with these demands. Reads what each
 * directory claims, verifies only until one holds; a root without evidence costs one look.
 */
export function proofsOf(root: string, demands: Demands, cache: ProofCache = new Map()): ReadonlyMap<string, Proof> {
  const proofs = new Map<string, Proof>();
  if (!existsSync(root)) return proofs;
  const real = realpathSync(root);
  const all = listEvidence(real);
  if (all.length === 0) return proofs;
  const marks = marksOf(real, demands);
  for (const directory of all) {
    const claim = claimOf(directory);
    if (!claim || proofs.has(claim.runbook)) continue;
    const key = `${directory}\n${claim.digest}\n${marks}`;
    const holds = cache.get(key) ?? verifyDirectory(directory, demands).verdict === "pass";
    cache.set(key, holds);
    const { digest: _, ...proof } = claim;
    if (holds) proofs.set(claim.runbook, proof);
  }
  return proofs;
}
