import type { PublicUpdate } from "./incident.ts";

/** How an incident is declared: from an alert, from a symptom of the manual, or in somebody's own words. */
export interface DeclareAsk {
  readonly do: "open";
  /** Id, or the beginning of one. */
  readonly alert?: string;
  /** Words of a row of the manual's symptom table. */
  readonly symptom?: string;
  readonly title?: string;
  readonly priority?: string;
  readonly impact?: string;
  readonly urgency?: string;
  readonly service?: string;
  readonly class?: string;
  /** When it was noticed, milliseconds since the epoch; default: when the alert fired, else now. */
  readonly since?: number;
  readonly simulated?: true;
}

/** What a person does to an incident that is there. */
export type IncidentDeed =
  | { readonly do: "ack"; readonly note?: string }
  | { readonly do: "note"; readonly text: string; readonly announce?: true }
  | { readonly do: "edit"; readonly entry: string; readonly text: string }
  | { readonly do: "hide"; readonly entry: string; readonly reason: string }
  | { readonly do: "show" | "pin" | "unpin"; readonly entry: string }
  | { readonly do: "assign"; readonly role: string; readonly person: string }
  | { readonly do: "priority"; readonly priority: string; readonly reason: string }
  | { readonly do: "pause"; readonly pause: string; readonly text?: string }
  | { readonly do: "resume" }
  /** Looks at the user's path now. */
  | { readonly do: "look" }
  | { readonly do: "confirm"; readonly says: "red" | "green"; readonly reason: string }
  /** A signed word of a person; `text` is what was signed. */
  | { readonly do: "word"; readonly text: string; readonly signature: string }
  | { readonly do: "resolve"; readonly text: string; readonly owner?: string; readonly due?: string }
  | { readonly do: "reopen"; readonly reason: string }
  | { readonly do: "action"; readonly text: string; readonly owner: string; readonly due: string }
  | { readonly do: "done"; readonly action: string; readonly text: string }
  | { readonly do: "publish"; readonly state: PublicUpdate["state"]; readonly text: string }
  /** `update`: the place of what was published, from 1. */
  | { readonly do: "retract"; readonly update: number; readonly reason: string }
  | { readonly do: "review"; readonly text: string };

export type IncidentAsk = DeclareAsk | ({ readonly incident: string } & IncidentDeed);
