import type { Book } from "../../model/book.ts";
import type { BookConfig } from "../../model/config.ts";
import { environmentWord } from "../words/environments.ts";
import type { Environment, Gate, Service } from "../../model/policy.ts";

/** Environments in the order of promotion: those of watchbook.yaml, then those that only the manual has. */
export function environmentsOf(config: BookConfig, said: readonly Environment[]): readonly Environment[] {
  const known = new Set(config.environments.map((environment) => environment.id));
  const own = bestById(said)
    .filter((environment) => !known.has(environment.id))
    .toSorted((a, b) => rank(a) - rank(b));
  return [...config.environments, ...own].map((environment, order) => ({ ...environment, order }));
}

/** Services of watchbook.yaml, then those that only the manual has. */
export function servicesOf(config: BookConfig, said: readonly Service[]): readonly Service[] {
  const known = new Set(config.services.map((service) => service.id));
  return [...config.services, ...firstById(said).filter((service) => !known.has(service.id))];
}

/** A gate of the manual is a proposal until watchbook.yaml enables its kind. */
export const gatesOf = (config: BookConfig, said: readonly Gate[]): Book["gates"] =>
  said.map((gate) => (config.gates.includes(gate.kind) ? { ...gate, state: "declared" as const } : gate));

/** Several documents give one order between them: from development to production; a word nobody knows stays behind. */
const rank = ({ id }: Environment): number => environmentWord(id)?.rank ?? Number.MAX_SAFE_INTEGER;

/** Several documents name production; the one that says what it is counts, else the first. */
const bestById = (said: readonly Environment[]): readonly Environment[] =>
  firstById(said).map(
    (first) => said.find(({ id, definition }) => id === first.id && definition !== undefined) ?? first,
  );

function firstById<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return list.filter(({ id }) => !seen.has(id) && seen.add(id));
}
