import { existsSync, realpathSync } from "node:fs";
import type { Verdict } from "../model/states.ts";
import { readCanonical } from "./canonical.ts";
import type { Demands } from "./demands.ts";
import { textOf } from "./disk.ts";
import { readEnv } from "./env.ts";
import { FILES } from "./files.ts";
import { loggedFile, logOf, nothingYet, runsOn, type Remembered } from "./on-record.ts";
import type { LoggedRun } from "./opened.ts";
import { Refusal } from "./refusal.ts";
import type { ObjectiveJudged } from "./run/drill.ts";
import { verifyDirectory } from "./verify.ts";

/** One drill that is on record, and believed. */
export interface Drilled {
  readonly runbook: string;
  /** Number of its entry in the log: drills are in its order, whatever the clocks said. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly ended: number;
  readonly verdict: Verdict;
  /** The verifier says less than the drill said itself: it is of tomorrow, or nothing shows what was counted. */
  readonly doubted?: true;
  readonly directory: string;
  readonly objectives: readonly ObjectiveJudged[];
}

/** A run of the log whose evidence is gone, or is not what was logged. */
export interface Removed {
  readonly runbook: string;
  /** Number of its entry in the log. */
  readonly index: number;
}

/** Drills on record, and what the log knows and nobody can show any more. */
export interface DrillRecord {
  /** Newest first, every attempt whatever its verdict; what is not believed is none. */
  readonly drills: readonly Drilled[];
  /** Runs of the log, drills or not: what is gone does not say which; `all`: the log itself is gone or cut. */
  readonly removed: readonly Removed[] | "all";
}

/** What was found of a run: a drill that is believed, another run, or nothing that is what was logged. */
type Looked = Drilled | "other" | "changed";
export type DrillCache = Remembered<Looked>;

interface Result {
  readonly endedAt?: unknown;
  readonly drill?: { readonly objectives?: unknown };
}

function lookAt(directory: string, run: LoggedRun, demands: Demands): Looked {
  try {
    const [result, env] = [FILES.json, FILES.env].map((name) => loggedFile(directory, run, name));
    if (!result || !env) return "changed";
    const { endedAt: ended, drill } = readCanonical(textOf(result, FILES.json), FILES.json) as Result;
    // Some of its steps are not all of it.
    const said = readEnv(textOf(env, FILES.env), FILES.env);
    const whole = said.get("PARTIAL") === "false";
    if (typeof ended !== "number" || !Array.isArray(drill?.objectives) || !whole) return "other";
    const { verdict } = verifyDirectory(directory, demands);
    if (verdict === "refused") return "changed";
    const objectives = drill.objectives as readonly ObjectiveJudged[];
    const { runbook, index } = run;
    const doubted = said.get("VERDICT") !== verdict && { doubted: true as const };
    return { runbook, index, ended, verdict, ...doubted, directory, objectives };
  } catch (error) {
    // What cannot be read proves nothing; `evidence verify` says why.
    if (error instanceof Refusal) return "changed";
    throw error;
  }
}

/** The log of a root; "all" where one was and is no more, or is not what it was. */
async function loggedIn(root: string, demands: Demands, before: DrillCache) {
  try {
    return (await logOf(root, demands, before)) ?? (demands.checkpoint === undefined ? undefined : ("all" as const));
  } catch (error) {
    if (error instanceof Refusal) return "all" as const;
    throw error;
  }
}

/** Drills below a root, as its log has them. Others have their turn between two that are verified: there may be years of them. */
export async function drillsOf(
  root: string,
  demands: Demands,
  before: DrillCache = nothingYet(),
): Promise<DrillRecord> {
  const real = existsSync(root) ? realpathSync(root) : root;
  const log = await loggedIn(real, demands, before);
  if (log === undefined || log === "all") return { drills: [], removed: log ?? [] };
  const [removed, drills]: [Removed[], Drilled[]] = [[], []];
  for await (const { run, found } of runsOn(log, { root: real, demands, before }, lookAt))
    if (found === "changed") removed.push({ runbook: run.runbook, index: run.index });
    else if (found !== "other") drills.push(found);
  return { drills, removed };
}
