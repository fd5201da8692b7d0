import { Temporal } from "temporal-polyfill";
import { WatchbookError } from "../../model/error.ts";
import type { Store } from "../../store/store.ts";

const NEWEST = 1_000;
type Sort = "incident" | "problem";

/** `inc-20261121-01`: the next number of that day. `taken`: ids that the store may not have yet. */
export async function nextId(
  store: Pick<Store, "desk">,
  of: Sort,
  { at, zone, simulated, taken }: { at: number; zone: string; simulated?: boolean; taken: readonly string[] },
): Promise<string> {
  const day = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDate();
  const kind = of === "problem" ? "prb" : simulated === true ? "inc-sim" : "inc";
  const prefix = `${kind}-${day.toString().replaceAll("-", "")}-`;
  const kept: readonly { readonly id: string }[] = await store.desk(of, { limit: NEWEST });
  const numbers = [...kept.map(({ id }) => id), ...taken]
    .filter((id) => id.startsWith(prefix))
    .map((id) => Number(id.slice(prefix.length)));
  return `${prefix}${String(Math.max(0, ...numbers) + 1).padStart(2, "0")}`;
}

/** The one that is meant, by its id or the only end of one (`01`). Throws CODE with what is known. */
export function oneNamed<T extends { readonly id: string }>(all: readonly T[], name: string, code: string): T {
  const exact = all.find(({ id }) => id === name);
  const near = all.filter(({ id }) => name !== "" && (id.startsWith(name) || id.endsWith(`-${name}`)));
  const found = exact ?? (near.length === 1 ? near[0] : undefined);
  if (!found) throw new WatchbookError(code, { id: name, known: all.map(({ id }) => id) });
  return found;
}
