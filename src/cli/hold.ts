import { join } from "node:path";
import type { House } from "../engine/house.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import type { Registry } from "../model/registry.ts";
import type { Reach } from "../model/target.ts";
import { utc } from "../model/time.ts";
import { isOwned, own } from "../store/ownership.ts";
import { openStore } from "../store/sqlite.ts";
import { makeHouse } from "./house.ts";
import type { World } from "./verb.ts";

/** A data directory in this process's hands, its store open. */
export interface Held extends AsyncDisposable {
  readonly house: House;
}

/**
 * Takes `data` (absolute; made when it is not there). `socket`: where this process will listen, null for a verb that
 * listens to nobody. Throws WatchbookError DAEMON-RUNS or DATA-OWNED with the owner's pid.
 */
export async function hold(
  world: Pick<World, "clock" | "env" | "version" | "registry">,
  data: string,
  socket: string | null,
): Promise<Held> {
  const mine = await own(data, { socket }, world.clock);
  if (isOwned(mine)) {
    const { pid, since, socket: theirs } = mine.owner;
    throw new WatchbookError(
      theirs === null ? "DATA-OWNED" : "DAEMON-RUNS",
      { data, pid, since: utc(since) },
      { exit: EXIT.input },
    );
  }
  await using stack = new AsyncDisposableStack();
  stack.use(mine);
  const store = stack.use(await openStore(join(data, "state.db"), { clock: world.clock }));
  const house = await makeHouse(world, data, store);
  const kept = stack.move();
  return { house, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() };
}

/** A hand on this machine, relative paths from `root`. */
export async function openLocal(registry: Registry, root: string): Promise<Reach> {
  const local = registry.targets.get("local");
  const params = local?.params.safeParse({});
  if (local === undefined || !params?.success) throw new Error("the registry has no target kind local");
  return local.open("local", params.data, root);
}
