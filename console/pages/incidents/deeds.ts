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
  | "review"
  | "action"
  | "done"
  | "publish"
  | "retract";

interface AskedOf {
  /** Under which it is sent. */
  readonly as: string;
  /** Key of its name among `incidents.field`. */
  readonly label: string;
  readonly of?: readonly { readonly value: string; readonly word: string }[];
  /** Chosen from what can be said to everybody. */
  readonly state?: true;
  readonly must?: boolean;
  readonly type?: "date" | "long";
}

/** A button: what is asked for, and what is sent when it is pressed. */
export interface Deed {
  readonly name: DeedName;
  readonly look: "main" | "plain" | "danger";
  readonly asked?: readonly AskedOf[];
  readonly send: Readonly<Record<string, unknown>>;
}

const SAID = { as: "text", label: "text", must: true } as const;
const WHY = { as: "reason", label: "reason", must: true } as const;
const plain = (ids: readonly string[]): readonly { value: string; word: string }[] =>
  ids.map((id) => ({ value: id, word: id }));
const peopleOf = ({ people }: Pick<IncidentChoices, "people">) =>
  people.map(({ id, name }) => ({ value: id, word: name }));

/** Work that a review asks for; whoever does it is one of the book's people, where it names some. */
export const actionDeed = (choices: Pick<IncidentChoices, "people">): Deed => {
  const whom = peopleOf(choices);
  const owner = { as: "owner", label: "owner", ...(whom.length > 0 ? { of: whom } : { must: true }) };
  const due = { as: "due", label: "due", type: "date", must: true } as const;
  return { name: "action", look: "plain", asked: [{ ...SAID, label: "work" }, owner, due], send: { do: "action" } };
};
export const doneDeed = (action: string): Deed => ({
  ...{ name: "done", look: "plain", asked: [{ ...SAID, label: "proof" }] },
  send: { do: "done", action },
});
export const PUBLISH: Deed = {
  ...{ name: "publish", look: "main", send: { do: "publish" } },
  asked: [
    { as: "state", label: "state", state: true },
    { ...SAID, label: "public", type: "long" },
  ],
};
/** `update`: its place among what was published, from 1. */
export const retractDeed = (update: number): Deed => ({
  ...{ name: "retract", look: "danger", asked: [WHY], send: { do: "retract", update } },
});

/** What can be done about an incident as it stands. Pure. */
export function deedsFor(incident: IncidentShown, choices: IncidentChoices): readonly Deed[] {
  const { state } = incident;
  const note: Deed = { name: "note", look: "plain", asked: [SAID], send: { do: "note" } };
  const action = actionDeed(choices);
  if (state === "closed") return [action];
  if (state === "resolved")
    return [
      note,
      action,
      { name: "review", look: "main", asked: [SAID], send: { do: "review" } },
      { name: "reopen", look: "danger", asked: [WHY], send: { do: "reopen" } },
    ];
  return going(incident, choices, note);
}

/** What can be done while it goes on. */
function going(incident: IncidentShown, choices: IncidentChoices, note: Deed): readonly Deed[] {
  const { state, acknowledged, clocks } = incident;
  const { roles, priorities, pauses } = choices;
  const paused = clocks.some((clock) => clock.state === "paused");
  const whom = peopleOf(choices);
  const others = plain(priorities.filter((id) => id !== incident.priority));
  const reasons = pauses.map(({ id, title }) => ({ value: id, word: title }));
  const deed = (name: DeedName, asked: Deed["asked"] = [], send: object = {}, look: Deed["look"] = "plain"): Deed => ({
    ...{ name, look, asked },
    send: { do: name, ...send },
  });
  const says = (is: "red" | "green"): Deed => deed(is, [WHY], { do: "confirm", says: is });
  const role = { as: "role", label: "role", of: plain(roles) };
  const person = { as: "person", label: "person", of: whom };
  return [
    ...(acknowledged === undefined ? [deed("ack", [{ as: "note", label: "text" }], {}, "main")] : []),
    note,
    deed("look"),
    ...(state === "confirming" ? [says("red"), says("green")] : []),
    ...(whom.length > 0 ? [deed("assign", [role, person])] : []),
    ...(others.length > 0 ? [deed("priority", [{ as: "priority", label: "priority", of: others }, WHY])] : []),
    ...(paused ? [deed("resume")] : []),
    ...(!paused && reasons.length > 0 ? [deed("pause", [{ as: "pause", label: "pause", of: reasons }])] : []),
    deed("resolve", [{ ...SAID, label: "ended" }], {}, acknowledged === undefined ? "plain" : "main"),
  ];
}
