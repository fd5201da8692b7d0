import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "../model/states.ts";
import { readCanonical } from "./canonical.ts";
import type { Demands } from "./demands.ts";
import { readPlain, textOf } from "./disk.ts";
import { FILES } from "./files.ts";
import { listEvidence } from "./list.ts";
import { Refusal } from "./refusal.ts";
import type { ObjectiveJudged } from "./run/drill.ts";
import { verifyDirectory } from "./verify.ts";

/** One drill that is on record, and believed. */
export interface Drilled {
  readonly runbook: string;
  /** Milliseconds since the epoch. */
  readonly ended: number;
  readonly verdict: Verdict;
  readonly directory: string;
  readonly objectives: readonly ObjectiveJudged[];
}

/** Newest evidence that is looked at: years of drills, and days of inspections between them. */
const MOST = 2_000;

interface Claim {
  readonly runbook?: unknown;
  readonly endedAt?: unknown;
  readonly drill?: { readonly objectives?: unknown };
}

/** What an evidence directory claims to be; undefined for anything but a drill. */
function claimOf(directory: string): Omit<Drilled, "verdict"> | undefined {
  try {
    const bytes = readPlain(join(directory, FILES.json), FILES.json);
    if (!bytes) return undefined;
    const { runbook, endedAt, drill } = readCanonical(textOf(bytes, FILES.json), FILES.json) as Claim;
    if (typeof runbook !== "string" || typeof endedAt !== "number" || !Array.isArray(drill?.objectives))
      return undefined;
    return { runbook, ended: endedAt, directory, objectives: drill.objectives as readonly ObjectiveJudged[] };
  } catch (error) {
    // What cannot be read proves nothing; `evidence verify` says why.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Drills below a root, newest first, every attempt whatever its verdict; what is not believed is none. */
export function drillsOf(root: string, demands: Demands): readonly Drilled[] {
  if (!existsSync(root)) return [];
  return listEvidence(realpathSync(root))
    .slice(0, MOST)
    .flatMap((directory) => {
      const claim = claimOf(directory);
      if (!claim) return [];
      const { verdict } = verifyDirectory(directory, demands);
      return verdict === "refused" ? [] : [{ ...claim, verdict }];
    })
    .toSorted((a, b) => b.ended - a.ended);
}
