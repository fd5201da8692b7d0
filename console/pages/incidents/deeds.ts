import type { IncidentChoices, IncidentShown } from "../../../src/api/contract.ts";

export type DeedName =
  | "ack"
  | "note"
  | "assign"
  | "priority"
  | "pause"
  | "resume"
  | "look"
  | "red"
  | "green"
  | "resolve"
  | "reopen"
  | "review";

/** A button: what is asked for, and what is sent when it is pressed. */
export interface Deed {
  readonly name: DeedName;
  readonly look: "main" | "plain" | "danger";
  /** Chosen from the book, by the name under which it is sent. */
  readonly picks?: Readonly<Record<string, readonly { readonly value: string; readonly word: string }[]>>;
  /** What is typed goes under this name; `label`: how the field is called. */
  readonly text?: { readonly as: "note" | "text" | "reason"; readonly must: boolean; readonly ended?: true };
  readonly send: Readonly<Record<string, string>>;
}

const SAID = { as: "text", must: true } as const;
const WHY = { as: "reason", must: true } as const;
const plain = (ids: readonly string[]): readonly { value: string; word: string }[] =>
  ids.map((id) => ({ value: id, word: id }));

/** What can be done about an incident as it stands. Pure. */
export function deedsFor(
  incident: IncidentShown,
  { roles, people, priorities, pauses }: IncidentChoices,
): readonly Deed[] {
  const { state, acknowledged, clocks } = incident;
  const note: Deed = { name: "note", look: "plain", text: SAID, send: { do: "note" } };
  const look: Deed = { name: "look", look: "plain", send: { do: "look" } };
  if (state === "closed") return [];
  if (state === "resolved")
    return [
      note,
      { name: "review", look: "main", text: SAID, send: { do: "review" } },
      { name: "reopen", look: "danger", text: WHY, send: { do: "reopen" } },
    ];
  const paused = clocks.some((clock) => clock.state === "paused");
  const whom = people.map(({ id, name }) => ({ value: id, word: name }));
  const others = priorities.filter((id) => id !== incident.priority);
  const reasons = pauses.map(({ id, title }) => ({ value: id, word: title }));
  const still: Deed = { name: "pause", look: "plain", picks: { pause: reasons }, send: { do: "pause" } };
  const says = (is: "red" | "green"): Deed => ({
    name: is,
    look: "plain",
    text: WHY,
    send: { do: "confirm", says: is },
  });
  const over: Deed = {
    ...{ name: "resolve", look: acknowledged === undefined ? "plain" : "main" },
    ...{ text: { ...SAID, ended: true }, send: { do: "resolve" } },
  };
  return [
    ...(acknowledged === undefined
      ? [{ name: "ack", look: "main", text: { as: "note", must: false }, send: { do: "ack" } } as const]
      : []),
    note,
    look,
    ...(state === "confirming" ? [says("red"), says("green")] : []),
    ...(whom.length > 0
      ? [
          {
            name: "assign",
            look: "plain",
            picks: { role: plain(roles), person: whom },
            send: { do: "assign" },
          } as const,
        ]
      : []),
    ...(others.length > 0
      ? [
          {
            name: "priority",
            look: "plain",
            picks: { priority: plain(others) },
            text: WHY,
            send: { do: "priority" },
          } as const,
        ]
      : []),
    ...(paused ? [{ name: "resume", look: "plain", send: { do: "resume" } } as const] : []),
    ...(!paused && reasons.length > 0 ? [still] : []),
    over,
  ];
}
