import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Verdict } from "../model/states.ts";
import { readCanonical } from "./canonical.ts";
import type { Demands } from "./demands.ts";
import { readPlain, textOf } from "./disk.ts";
import { FILES } from "./files.ts";
import { loggedIn } from "./inclusion.ts";
import { listEvidence } from "./list.ts";
import { openLog } from "./log.ts";
import { madeOf, type Made } from "./name.ts";
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

/** What an evidence directory claims to be; undefined for anything but a drill, `unread` for what cannot be read. */
function claimOf(directory: string): Omit<Drilled, "verdict"> | "unread" | undefined {
  try {
    const bytes = readPlain(join(directory, FILES.json), FILES.json);
    if (!bytes) return "unread";
    const { runbook, endedAt, drill } = readCanonical(textOf(bytes, FILES.json), FILES.json) as Claim;
    if (typeof runbook !== "string" || typeof endedAt !== "number" || !Array.isArray(drill?.objectives))
      return undefined;
    return { runbook, ended: endedAt, directory, objectives: drill.objectives as readonly ObjectiveJudged[] };
  } catch (error) {
    // What cannot be read proves nothing; `evidence verify` says why.
    if (error instanceof Refusal) return "unread";
    throw error;
  }
}

/** Drills on record, and what the log knows and nobody can read any more. */
export interface DrillRecord {
  /** Newest first, every attempt whatever its verdict; what is not believed is none. */
  readonly drills: readonly Drilled[];
  /** Evidence of the log that was removed, or changed so that it is not believed; `all`: the log itself is gone. */
  readonly removed: readonly Made[] | "all";
}

const digestOf = (file: string): string | undefined => {
  const bytes = readPlain(file, file);
  return bytes && createHash("sha256").update(bytes).digest("hex");
};

/**
 * Evidence of the log whose statement is gone or another one, and that of these directories, which are not believed. The
 * log says of which runbook it was: a title that was changed as well hides nothing.
 */
function removedOf(root: string, changed: readonly string[], { trust, checkpoint }: Demands): DrillRecord["removed"] {
  try {
    const log = openLog(root, trust.signers);
    if (!log && checkpoint !== undefined) return "all";
    const logged = log ? loggedIn(root, log.size) : [];
    const gone = logged.filter(({ digest, file }) => digestOf(join(root, file)) !== digest);
    const known = new Map(logged.map(({ file, runbook }) => [dirname(file), runbook]));
    const paths = new Set([...gone.map(({ file }) => dirname(file)), ...changed]);
    return [...paths].flatMap((path) => {
      const [made, runbook] = [madeOf(path), known.get(path)];
      return made ? [{ ...made, ...(runbook !== undefined && { runbook }) }] : [];
    });
  } catch (error) {
    if (error instanceof Refusal) return "all";
    throw error;
  }
}

/** Drills below a root. */
export function drillsOf(root: string, demands: Demands): DrillRecord {
  if (!existsSync(root)) return { drills: [], removed: demands.checkpoint === undefined ? [] : "all" };
  const real = realpathSync(root);
  const changed: string[] = [];
  const drills = listEvidence(real)
    .slice(0, MOST)
    .flatMap((directory) => {
      const claim = claimOf(directory);
      if (claim === "unread") changed.push(relative(real, directory));
      if (claim === undefined || claim === "unread") return [];
      const { verdict } = verifyDirectory(directory, demands);
      if (verdict !== "refused") return [{ ...claim, verdict }];
      changed.push(relative(real, directory));
      return [];
    })
    .toSorted((a, b) => b.ended - a.ended);
  return { drills, removed: removedOf(real, changed, demands) };
}
