import type { IncidentShown } from "../../../src/api/contract.ts";

export type Lack = "roles" | "document" | "actions" | "public" | "late" | "open";

/**
 * What an incident that is over still lacks before it can be put away. `file`: its review in the manual, null while there is none,
 * undefined while that is not known; `today`: `2026-12-01` in the book's zone. Pure.
 */
export function lacksOf(
  { state, roles, review, actions, published }: IncidentShown,
  { file, today }: { readonly file: string | null | undefined; readonly today: string },
): readonly Lack[] {
  if (state !== "resolved" && state !== "closed") return [];
  const told = published.findLast(({ retracted }) => retracted === undefined);
  const held = state === "closed";
  const lacks: Readonly<Record<Lack, boolean>> = {
    late: !held && review !== undefined && review.due < today,
    document: file === null,
    roles: !held && Object.keys(roles).length === 0,
    actions: !held && actions.length === 0,
    public: told !== undefined && told.state !== "resolved",
    open: actions.some(({ done }) => done === undefined),
  };
  return (Object.keys(lacks) as Lack[]).filter((one) => lacks[one]);
}
