import { existsSync, realpathSync } from "node:fs";
import type { Demands } from "./demands.ts";
import { textOf } from "./disk.ts";
import { readEnv } from "./env.ts";
import { FILES } from "./files.ts";
import { loggedFile, logOf, nothingYet, runsOn, type Remembered } from "./on-record.ts";
import type { LoggedRun } from "./opened.ts";
import { Refusal } from "./refusal.ts";
import { verifyDirectory } from "./verify.ts";

/** A passed run of a runbook. */
export interface Proof {
  readonly runbook: string;
  /** Milliseconds since the epoch: when it ended. */
  readonly ended: number;
  readonly directory: string;
}

/** What was found of a run: a proof that is believed, or none. */
export type ProofCache = Remembered<Proof | "none">;

/** What the log knows a run's evidence to say; undefined for anything but a passed, whole run. No verdict is believed yet. */
function claimOf(directory: string, run: LoggedRun): Proof | undefined {
  try {
    const bytes = loggedFile(directory, run, FILES.env);
    if (!bytes) return undefined;
    const env = readEnv(textOf(bytes, FILES.env), FILES.env);
    const passed = env.get("VERDICT") === "pass" && env.get("PARTIAL") === "false";
    const ended = Date.parse(env.get("ENDED_UTC") ?? "");
    return passed && env.get("EVIDENCE_FORMAT") === "watchbook-run/1" && !Number.isNaN(ended)
      ? { runbook: run.runbook, ended, directory }
      : undefined;
  } catch (error) {
    // What cannot be read proves nothing; `evidence verify` says why.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function lookAt(directory: string, run: LoggedRun, demands: Demands): Proof | "none" {
  const claim = claimOf(directory, run);
  return claim && verifyDirectory(directory, demands).verdict === "pass" ? claim : "none";
}

/** The log of a root that can be believed: what it does not have proves nothing. */
async function loggedIn(root: string, demands: Demands, before: ProofCache) {
  try {
    return await logOf(root, demands, before);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * The last proof of every runbook: its newest run that passed, in whole, verified with these demands. Verifies only until
 * one holds; a root without evidence costs one look.
 */
export async function proofsOf(
  root: string,
  demands: Demands,
  before: ProofCache = nothingYet(),
): Promise<ReadonlyMap<string, Proof>> {
  const proofs = new Map<string, Proof>();
  const real = existsSync(root) ? realpathSync(root) : root;
  const log = await loggedIn(real, demands, before);
  if (!log) return proofs;
  const missing = ({ runbook }: LoggedRun): boolean => !proofs.has(runbook);
  for await (const { found } of runsOn(log, { root: real, demands, before }, lookAt, missing))
    if (found !== "none") proofs.set(found.runbook, found);
  return proofs;
}
