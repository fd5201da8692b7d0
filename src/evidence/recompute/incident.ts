import type { EvidenceEvent, EvidenceInput } from "../../model/evidence.ts";
import { clocksNow } from "../../model/incident-clocks.ts";
import { pathNow } from "../../model/incident-path.ts";
import type { Incident } from "../../model/incident.ts";
import type { Outcome, Verdict } from "../../model/states.ts";
import { Refusal } from "../refusal.ts";
import type { EvidenceKind, Recomputed } from "./recomputed.ts";

/** What of an incident its verdict depends on. */
type Judged = Pick<Incident, "clocks" | "path" | "readings" | "word" | "alerts" | "origin">;

const LONGEST_MS = 3_660 * 86_400_000;
const isTime = (value: unknown): value is number => Number.isFinite(value);

const maybeTime = (value: unknown): boolean => value === undefined || isTime(value);

function isZone(name: unknown): boolean {
  try {
    return (
      typeof name === "string" && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
    );
  } catch {
    return false;
  }
}

/** Whether clocks can be computed from it, and in bounded time. */
const areClocks = (clocks: Partial<Judged["clocks"]> | undefined): boolean =>
  isTime(clocks?.since) &&
  isTime(clocks.resolved) &&
  maybeTime(clocks.acknowledged) &&
  Math.abs(clocks.resolved - clocks.since) < LONGEST_MS &&
  isZone(clocks.schedule?.zone) &&
  Object.values(clocks.limits ?? {}).every(({ ms }) => isTime(ms)) &&
  Array.isArray(clocks.pauses) &&
  clocks.pauses.every(({ from, to, clocks: names }) => isTime(from) && maybeTime(to) && Array.isArray(names));

/** Clocks and path of the one event that has them. */
function factsOf(events: readonly EvidenceEvent[]): Judged {
  const found = events.filter(({ type }) => type === "incident.facts");
  const { clocks, path, readings, alerts, origin } = (found[0]?.data ?? {}) as Partial<Judged>;
  const lists = [path, readings, alerts].every(Array.isArray);
  if (found.length !== 1 || !areClocks(clocks) || !lists || typeof origin !== "object")
    throw new Refusal("events-shape", { what: "incident.facts" });
  return found[0]!.data as unknown as Judged;
}

const PATH = { green: "pass", red: "fail", unknown: "unknown" } as const;

/**
 * Judges an incident again from what was recorded: each clock by its moments and its pauses, the user's path by its readings. A
 * broken limit is a fail; a path that was not green leaves it open. An incident of a drill is a rehearsal.
 */
function judgeIncident(events: readonly EvidenceEvent[], mode: EvidenceInput["mode"]): Recomputed {
  return judgeFacts(factsOf(events), mode);
}

/** The same from the facts alone: what whoever records them needs before there are events. */
export function judgeFacts(facts: Judged, mode: EvidenceInput["mode"]): Recomputed {
  const clocks = clocksNow(facts, facts.clocks.resolved!);
  const items: { readonly id: string; readonly outcome: Outcome }[] = [
    ...clocks.map(({ clock, state }) => ({
      id: clock,
      outcome: state === "broken" ? ("fail" as const) : ("pass" as const),
    })),
    { id: "path", outcome: PATH[pathNow(facts as Incident).state] },
  ];
  const judged: Verdict = items.some(({ id, outcome }) => id !== "path" && outcome === "fail")
    ? "fail"
    : items.every(({ outcome }) => outcome === "pass")
      ? "pass"
      : "inconclusive";
  const seconds = Object.fromEntries(clocks.map(({ clock, usedMs }) => [`${clock}Seconds`, usedMs / 1000]));
  return { verdict: mode === "dry-run" ? "rehearsal" : judged, items, measured: seconds };
}

export const incident: EvidenceKind = { boots: [], recompute: judgeIncident };
