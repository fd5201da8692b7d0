import type { IncidentChoices, IncidentShown, ProblemPage } from "../../../src/api/contract.ts";

export type DeedName = "take" | "note" | "cause" | "workaround" | "link" | "close";

/** A button: what is asked for under which names. `label`: key of its name among `problems.field`. */
export interface Deed {
  readonly name: DeedName;
  readonly look: "main" | "plain" | "danger";
  readonly asked: readonly {
    readonly as: string;
    readonly label: "owner" | "text" | "cause" | "workaround" | "incident" | "fix" | "proof";
    readonly of?: readonly { readonly value: string; readonly word: string }[];
    readonly must?: boolean;
    readonly type?: "long";
  }[];
}

type Some = readonly Pick<IncidentShown, "id" | "title">[];

/** What can be done about a problem as it stands. `others`: incidents that may belong to it. Pure. */
export function deedsFor(
  { state, owner, incidents }: ProblemPage,
  { people }: Pick<IncidentChoices, "people">,
  others: Some,
): readonly Deed[] {
  if (state === "closed") return [];
  const whom = people.map(({ id, name }) => ({ value: id, word: name }));
  const free = others.filter(({ id }) => !incidents.includes(id)).map(({ id, title }) => ({ id, title }));
  const of = free.map(({ id, title }) => ({ value: id, word: `${id} ${title}` }));
  const long = { must: true, type: "long" } as const;
  const asked = { as: "owner", label: "owner", ...(whom.length > 0 ? { of: whom } : { must: true }) } as const;
  return [
    { name: "take", look: owner === undefined ? "main" : "plain", asked: [asked] },
    { name: "cause", look: "plain", asked: [{ as: "text", label: "cause", ...long }] },
    { name: "workaround", look: "plain", asked: [{ as: "text", label: "workaround", ...long }] },
    { name: "note", look: "plain", asked: [{ as: "text", label: "text", ...long }] },
    ...(of.length > 0
      ? [{ name: "link", look: "plain", asked: [{ as: "incident", label: "incident", of }] } as const]
      : []),
    {
      ...{ name: "close", look: state === "known" && owner !== undefined ? "main" : "plain" },
      asked: [
        { as: "fix", label: "fix", must: true },
        { as: "proof", label: "proof", must: true },
      ],
    },
  ];
}
