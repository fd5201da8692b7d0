import { periodOf } from "../../desk/duty/index.ts";
import { clocksNow, isOverdue } from "../../desk/incident/index.ts";
import { isGoingOn, type Incident } from "../../model/incident.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Trouble } from "../troubles.ts";

function ofOne(one: Incident, at: number, today: string): readonly Trouble[] {
  const { id, title, priority, roles, review, actions } = one;
  const of = { subject: id } as const;
  if (isGoingOn(one)) {
    const late = clocksNow(one, at)
      .filter(({ state, stopped }) => state === "broken" && !stopped)
      .map(({ clock }) => clock);
    const commander = Object.entries(roles).map(([role, person]) => ` ${role}: ${person}.`);
    const args = { id, title, priority, clocks: late, who: commander.join("") };
    return [{ kind: late.length > 0 ? "incident-late" : "incident-open", level: "error", ...of, args }];
  }
  const reviews: readonly Trouble[] =
    review && review.held === undefined && isOverdue(review.due, today)
      ? [{ kind: "review-late", level: "wait", ...of, args: { id, title, due: review.due, owner: review.owner } }]
      : [];
  const late = actions.filter(({ done, due }) => done === undefined && isOverdue(due, today));
  return [
    ...reviews,
    ...late.map(({ id: action, text, owner, due }): Trouble => ({
      ...{ kind: "action-late", level: "wait", ...of },
      args: { id, action, text, owner, due },
    })),
  ];
}

/** What is wrong with incidents and owed by them at one moment. */
export function ofIncidents({ incidents = [], problems = [], at, book }: Snapshot): readonly Trouble[] {
  const today = periodOf("daily", at, book.open.book.zone);
  return [
    ...incidents.filter(({ simulated }) => !simulated).flatMap((one) => ofOne(one, at, today)),
    ...problems
      .filter(({ state }) => state === "proposed")
      .map(({ id, title, incidents: all }): Trouble => {
        return { kind: "problem-new", level: "warn", subject: id, args: { id, title, count: all.length } };
      }),
  ];
}
