import type { Incident, PublicUpdate } from "../../model/incident.ts";

const DAY_MS = 86_400_000;
/** How long what is over is shown. */
const DAYS = 14;

/** What everybody may know. Neither titles nor names nor anything else that was not published. */
export interface PublicStatus {
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly days: number;
  readonly state: "well" | "going-on";
  /** Newest first, their updates too. */
  readonly incidents: {
    readonly id: string;
    readonly state: PublicUpdate["state"];
    readonly updates: { readonly at: number; readonly state: PublicUpdate["state"]; readonly text: string }[];
  }[];
}

/** The page's content at a moment; drills are no incidents to anybody outside. Pure. */
export function publicStatus(incidents: readonly Incident[], title: string, at: number): PublicStatus {
  const shown = incidents.flatMap(({ id, published, simulated }) => {
    const told = published.filter(({ retracted }) => retracted === undefined);
    const last = told.at(-1);
    if (!last || simulated || (last.state === "resolved" && at - last.at > DAYS * DAY_MS)) return [];
    const updates = told.toReversed().map((one) => ({ at: one.at, state: one.state, text: one.text }));
    return [{ id, state: last.state, updates }];
  });
  const going = shown.some(({ state }) => state !== "resolved");
  return { title, at, days: DAYS, state: going ? "going-on" : "well", incidents: shown };
}
