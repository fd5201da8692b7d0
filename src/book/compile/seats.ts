import type { CheckSpec } from "../../model/check.ts";
import type { BookConfig } from "../../model/config.ts";
import type { Duty, DutyItem } from "../../model/duty.ts";
import { CONSOLE } from "../../model/target.ts";

/** Where a person sits, by the id of each check that looks at a console. */
function seatsOf(checks: readonly CheckSpec[], config: BookConfig): ReadonlyMap<string, string> {
  const where = new Map(
    config.targets
      .filter(({ kind }) => kind === CONSOLE)
      .map(({ name, params }) => {
        const said = (params as { readonly where?: unknown } | undefined)?.where;
        return [name, typeof said === "string" ? `${name} (${said})` : name] as const;
      }),
  );
  return new Map(
    checks.flatMap(({ id, target }) => {
      const seat = target === undefined ? undefined : where.get(target);
      return seat === undefined ? [] : [[id, seat] as const];
    }),
  );
}

function seated(item: DutyItem, seats: ReadonlyMap<string, string>, titles: ReadonlyMap<string, string>): DutyItem {
  const theirs = item.checks.filter((id) => seats.has(id));
  if (theirs.length === 0) return item;
  return {
    ...item,
    checks: item.checks.filter((id) => !seats.has(id)),
    needs: [...new Set([...item.needs, ...theirs.map((id) => titles.get(id) ?? id)])],
    consoles: [...new Set(theirs.map((id) => seats.get(id)!))],
  };
}

/** What no program can look at is asked of a person: checks at a console leave their items, which then need one. */
export function withSeats(duties: readonly Duty[], checks: readonly CheckSpec[], config: BookConfig): readonly Duty[] {
  const seats = seatsOf(checks, config);
  if (seats.size === 0) return duties;
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  return duties.map((duty) => ({ ...duty, items: duty.items.map((item) => seated(item, seats, titles)) }));
}
