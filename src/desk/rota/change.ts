import { EXIT, WatchbookError } from "../../model/error.ts";
import { given } from "../../model/given.ts";
import { nearest } from "../../model/nearest.ts";
import type { Rota } from "../../model/rota.ts";
import { utc } from "../../model/time.ts";

/** What somebody wants changed. Times are milliseconds since the epoch. */
export type RotaAsk =
  | { readonly do: "override"; readonly person: string; readonly begins: number; readonly ends: number }
  | { readonly do: "swap"; readonly persons: readonly [string, string]; readonly begins: number; readonly ends: number }
  /** Takes an override or a swap back, by its id. */
  | { readonly do: "withdraw"; readonly change: string };

/** A change as it is kept: an event `rota.changed` whose subject is the rota. */
export type RotaChange = RotaAsk & {
  readonly id: string;
  readonly rota: string;
  readonly reason: string;
  readonly by: string;
};

/** Rotas with what was changed since: what was withdrawn is gone, the rest comes after what the book says. Pure. */
export function changed(rotas: readonly Rota[], changes: readonly RotaChange[]): readonly Rota[] {
  const gone = new Set(changes.flatMap((one) => (one.do === "withdraw" ? [one.change] : [])));
  return rotas.map((rota) => {
    const mine = changes.filter((one) => one.rota === rota.id && !gone.has(one.id));
    const overrides = mine.flatMap((one) => (one.do === "override" ? [{ ...spanOf(one), person: one.person }] : []));
    const swaps = mine.flatMap((one) => (one.do === "swap" ? [{ ...spanOf(one), persons: one.persons }] : []));
    return { ...rota, overrides: [...rota.overrides, ...overrides], swaps: [...rota.swaps, ...swaps] };
  });
}

const spanOf = ({ id, begins, ends, reason, by }: Exclude<RotaChange, { readonly do: "withdraw" }>) => ({
  ...{ id, begins, ends, reason, by },
});

/** A change out of an event's data; undefined for one of a form that is not known. */
export function readChange(rota: string, data: Readonly<Record<string, unknown>>): RotaChange | undefined {
  const { id, reason, by } = data;
  if (typeof id !== "string" || typeof reason !== "string" || typeof by !== "string") return undefined;
  const kept = { id, rota, reason, by };
  const { begins, ends, person, persons, change } = data;
  if (data["do"] === "withdraw" && typeof change === "string") return { ...kept, do: "withdraw", change };
  if (typeof begins !== "number" || typeof ends !== "number") return undefined;
  if (data["do"] === "override" && typeof person === "string") return { ...kept, do: "override", person, begins, ends };
  if (data["do"] !== "swap" || !Array.isArray(persons) || persons.length !== 2) return undefined;
  return { ...kept, do: "swap", persons: [String(persons[0]), String(persons[1])], begins, ends };
}

/**
 * Whether a change may be made at `now`, milliseconds since the epoch; gives what is kept. `people`: who can be called. Pure.
 * Throws WatchbookError ROTA-PERSON, ROTA-SPAN, ROTA-PAST, ROTA-OVERLAP, ROTA-SAME, ROTA-REASON or ROTA-CHANGE-UNKNOWN.
 */
export function decide(
  rota: Rota,
  people: readonly string[],
  change: RotaAsk & Pick<RotaChange, "id" | "reason" | "by">,
  now: number,
): RotaChange {
  if (change.reason.trim() === "") throw new WatchbookError("ROTA-REASON");
  const kept = { ...given(change), rota: rota.id, reason: change.reason.trim() };
  if (change.do === "withdraw") {
    const known = [...rota.overrides, ...rota.swaps].filter(({ by, ends }) => by !== undefined && ends > now);
    if (known.every(({ id }) => id !== change.change))
      throw new WatchbookError("ROTA-CHANGE-UNKNOWN", { change: change.change, known: known.map(({ id }) => id) });
    return kept;
  }
  const named = change.do === "override" ? [change.person] : change.persons;
  for (const person of named)
    if (!people.includes(person))
      throw new WatchbookError("ROTA-PERSON", { person, near: nearest(person, people) ?? people.join(", ") });
  const { begins, ends } = change;
  if (ends <= begins) throw new WatchbookError("ROTA-SPAN", { from: utc(begins), to: utc(ends) });
  if (ends <= now) throw new WatchbookError("ROTA-PAST", { to: utc(ends), now: utc(now) });
  if (change.do === "swap" && change.persons[0] === change.persons[1])
    throw new WatchbookError("ROTA-SAME", { person: change.persons[0] });
  const other =
    change.do === "override" &&
    rota.overrides.find((one) => one.begins < ends && begins < one.ends && one.person !== change.person);
  if (other) {
    const args = { id: other.id, person: other.person, from: utc(other.begins), to: utc(other.ends), rota: rota.id };
    throw new WatchbookError("ROTA-OVERLAP", args, { exit: EXIT.input });
  }
  return kept;
}
