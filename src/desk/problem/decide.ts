import { WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import type { IncidentPolicy } from "../../model/incident-policy.ts";
import { isOpenProblem, type Problem } from "../../model/problem.ts";
import { recurrenceOf } from "../incident/signature.ts";

const DAY_MS = 86_400_000;

/**
 * A problem that incidents of one signature have become, or undefined while they are too few, or one is open already. Incidents of
 * drills count for nothing. Pure.
 */
export function proposed(
  newest: Incident,
  all: readonly Incident[],
  problems: readonly Problem[],
  { recurring }: Pick<IncidentPolicy, "recurring">,
  id: string,
): Problem | undefined {
  const { signature, declared, simulated } = newest;
  if (signature === undefined || simulated) return undefined;
  if (problems.some((one) => one.signature === signature && isOpenProblem(one))) return undefined;
  const last = Math.max(
    0,
    ...problems.filter((one) => one.signature === signature).map(({ closed }) => closed?.at ?? 0),
  );
  const since = Math.max(declared - recurring.days * DAY_MS, last);
  const same = [newest, ...all.filter((one) => one.id !== newest.id)].filter(
    (one) => one.signature === signature && !one.simulated && one.declared > since,
  );
  if (same.length < recurring.count) return undefined;
  return {
    ...{ id, signature, title: newest.title, state: "proposed", opened: declared, notes: [] },
    ...recurrenceOf(newest.origin, newest.service),
    incidents: same.map((one) => one.id).toSorted(),
  };
}

/** What a person does to a problem. */
export type ProblemAsk =
  | { readonly do: "take"; readonly owner: string }
  | { readonly do: "note"; readonly text: string }
  | { readonly do: "cause"; readonly text: string }
  | { readonly do: "workaround"; readonly text: string }
  | { readonly do: "link"; readonly incident: string }
  /** `proof`: the run, inspection or drill that showed it. */
  | { readonly do: "close"; readonly fix: string; readonly proof: string };

/** The problem after it. Pure. Throws PROBLEM-CLOSED, PROBLEM-TEXT or PROBLEM-UNPROVEN. */
export function decideProblem(problem: Problem, ask: ProblemAsk, by: string, now: number): Problem {
  if (!isOpenProblem(problem)) throw new WatchbookError("PROBLEM-CLOSED", { id: problem.id });
  const texts = Object.values(ask).filter((one) => one.trim() === "");
  if (texts.length > 0 && ask.do !== "close") throw new WatchbookError("PROBLEM-TEXT", { id: problem.id });
  const open = problem.state === "proposed" ? "open" : problem.state;
  switch (ask.do) {
    case "take":
      return { ...problem, state: open, owner: ask.owner };
    case "note":
      return { ...problem, state: open, notes: [...problem.notes, { at: now, by, text: ask.text }] };
    case "cause":
      return { ...problem, state: "known", cause: ask.text };
    case "workaround":
      return { ...problem, state: "known", workaround: ask.text };
    case "link":
      return { ...problem, state: open, incidents: [...new Set([...problem.incidents, ask.incident])].toSorted() };
    case "close":
      break;
  }
  if (ask.fix.trim() === "" || ask.proof.trim() === "")
    throw new WatchbookError("PROBLEM-UNPROVEN", { id: problem.id });
  return { ...problem, state: "closed", closed: { at: now, by, fix: ask.fix, proof: ask.proof } };
}
