import type { Environment } from "../../model/policy.ts";
import type { Source } from "../../model/source.ts";
import { environmentWord } from "../words/environments.ts";
import { fold } from "../words/matcher.ts";

/** An environment as the manual names it. */
export interface Named {
  readonly name: string;
  readonly definition?: string;
  readonly source: Source;
}

/**
 * Environments in the order of promotion: from development to production when every word is known, else as listed. One
 * with the same id, or whose name is part of a name that stands already, is the same.
 */
export function inOrder(named: readonly Named[]): readonly Environment[] {
  const unique: (Named & { id: string; rank: number | undefined })[] = [];
  for (const each of named) {
    const word = environmentWord(each.name);
    const id = word?.id ?? idOf(each.name);
    const short = fold(each.name).replace(/ ?(?:environment|env)$/, "");
    const same = unique.find((one) => one.id === id || (short !== "" && contains(one.name, each.name)));
    if (same) {
      if (same.definition === undefined && each.definition !== undefined)
        unique[unique.indexOf(same)] = { ...same, definition: each.definition, source: each.source };
    } else unique.push({ ...each, id, rank: word?.rank });
  }
  if (unique.every((each) => each.rank !== undefined)) unique.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return unique.map(({ id, name, definition, source }, order) => ({
    id,
    name,
    ...(definition !== undefined && { definition }),
    order,
    protected: id === "prod",
    source,
  }));
}

/** `Test environment` is the `Test (QA) environment` named before. */
const contains = (longer: string, shorter: string): boolean => {
  const bare = (text: string): string =>
    fold(text)
      .replace(/\([^()]*\)/g, "")
      .replaceAll(" ", "");
  return longer !== shorter && /\(/.test(fold(longer)) && bare(longer) === bare(shorter);
};

const idOf = (name: string): string => {
  const folded = fold(name);
  return (/\(([a-z0-9 -]+)\)/.exec(folded)?.[1] ?? folded).trim().replace(/\s+/g, "-");
};
