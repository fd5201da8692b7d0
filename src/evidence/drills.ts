import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Verdict } from "../model/states.ts";
import { readCanonical } from "./canonical.ts";
import type { Demands } from "./demands.ts";
import { readPlain, textOf } from "./disk.ts";
import { FILES } from "./files.ts";
import { loggedIn } from "./inclusion.ts";
import { listEvidence } from "./list.ts";
import { openLog } from "./log.ts";
import { marksOf } from "./marks.ts";
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

/** What was found in a directory. */
interface Looked {
  readonly claim: ReturnType<typeof claimOf>;
  readonly verdict?: Verdict | "refused";
}

/** What was found before, as long as no file of a directory, nor the log, nor the trust has changed. */
export type DrillCache = Map<string, Looked>;

function lookAt(directory: string, demands: Demands): Looked {
  const claim = claimOf(directory);
  return claim === undefined || claim === "unread"
    ? { claim }
    : { claim, verdict: verifyDirectory(directory, demands).verdict };
}

/** The files of a directory as they stand: whoever writes one can set its times, but not when that was. */
function stampOf(directory: string): string {
  const files = readdirSync(directory)
    .toSorted()
    .map((name) => {
      const { ino, size, ctimeNs } = lstatSync(join(directory, name), { bigint: true, throwIfNoEntry: false }) ?? {};
      return `${name} ${ino} ${size} ${ctimeNs}`;
    });
  return createHash("sha256")
    .update(JSON.stringify([directory, ...files]))
    .digest("hex");
}

/** Drills below a root. Others have their turn between two that are verified: there may be years of them. */
export async function drillsOf(root: string, demands: Demands, cache: DrillCache = new Map()): Promise<DrillRecord> {
  if (!existsSync(root)) return { drills: [], removed: demands.checkpoint === undefined ? [] : "all" };
  const real = realpathSync(root);
  const marks = marksOf(real, demands);
  const [changed, drills]: [string[], Drilled[]] = [[], []];
  const used = new Set<string>();
  for (const directory of listEvidence(real).slice(0, MOST)) {
    const key = `${marks} ${stampOf(directory)}`;
    if (!cache.has(key)) await turn();
    const looked = cache.get(key) ?? lookAt(directory, demands);
    cache.set(key, looked);
    used.add(key);
    const { claim, verdict } = looked;
    if (claim === undefined) continue;
    if (claim === "unread" || verdict === undefined || verdict === "refused") changed.push(relative(real, directory));
    else drills.push({ ...claim, verdict });
  }
  for (const key of cache.keys()) if (!used.has(key)) cache.delete(key);
  return { drills: drills.toSorted((a, b) => b.ended - a.ended), removed: removedOf(real, changed, demands) };
}
