import type { Reading } from "./check.ts";
import type { Proposal } from "./duty.ts";
import type { Args } from "./finding.ts";
import type { Source } from "./source.ts";
import type { Outcome, Verdict } from "./states.ts";

/** Answer of a person to an item that no machine can judge. */
export interface Tick {
  readonly by: string;
  readonly at: number;
  readonly outcome: "pass" | "fail" | "skipped";
  readonly note?: string;
}

/** A check to be added, with the parameters that a person has to fill in and the threshold row that has its limits. */
export interface Lacking extends Proposal {
  readonly required: readonly string[];
  readonly metric?: string;
}

/** One item of an inspection: worst outcome of its readings, or a tick, or open. */
export interface InspectionItem {
  readonly id: string;
  readonly text: string;
  readonly source: Source;
  readonly outcome: Outcome | "open";
  readonly readings: readonly Reading[];
  readonly tick?: Tick;
  /** Who must tick an open item. */
  readonly owner?: string;
  /** What the item would need to be judged by a machine: code of i18n `report.needs`, values, and the checks to add. */
  readonly needs?: { readonly code: string; readonly args: Args; readonly proposals?: readonly Lacking[] };
}

/** Where a run stood: enough to repeat it. */
export interface RunPlace {
  readonly host: string;
  readonly bookDigest: string;
  /** Commit of the manual, when it is in git; `dirty` when the tree differs from it. */
  readonly commit?: string;
  readonly dirty: boolean;
  readonly version: string;
  readonly node: string;
}

/** One doing of one duty. */
export interface Inspection {
  readonly id: string;
  readonly duty: string;
  readonly title: string;
  readonly period: string;
  readonly zone: string;
  readonly started: number;
  readonly ended: number;
  readonly seconds: number;
  readonly by: string;
  readonly place: RunPlace;
  readonly items: readonly InspectionItem[];
  readonly verdict: Verdict;
  /** The run broke off (Ctrl-C, crash, limit of the whole run): its verdict is fail or inconclusive, never pass. */
  readonly interrupted?: true;
  /**
   * Run of the same duty and period whose open items a person answered with this one: its readings and ticks are
   * restated here, nothing was measured again.
   */
  readonly answers?: string;
}

/** any fail → fail; else unknown or open → inconclusive; else pass. Warnings are counted, not failing. */
export function verdictOf(items: readonly Pick<InspectionItem, "outcome">[]): Verdict {
  if (items.some((item) => item.outcome === "fail")) return "fail";
  if (items.length === 0 || items.some((item) => item.outcome === "unknown" || item.outcome === "open"))
    return "inconclusive";
  return "pass";
}

/** Worst of several outcomes: fail, then unknown, then warn, then pass. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  for (const outcome of ["fail", "unknown", "warn"] as const) if (outcomes.includes(outcome)) return outcome;
  return outcomes.length === 0 ? "unknown" : "pass";
}

/**
 * Outcome of an item. Fail and unknown of a machine stand whatever a person says; what no machine judges (no reading,
 * or `needs`: a part that no check serves) is open until a person ticks it; a skip leaves it open.
 */
export function itemOutcome(
  readings: readonly Outcome[],
  tick: Tick["outcome"] | undefined,
  needs = false,
): Outcome | "open" {
  const machine = readings.length === 0 ? undefined : worst(readings);
  if (machine === "fail" || tick === "fail") return "fail";
  if (machine === "unknown") return "unknown";
  if (machine !== undefined && !needs) return machine;
  if (tick === "pass") return machine ?? "pass";
  return "open";
}
