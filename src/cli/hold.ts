import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { House } from "../engine/house.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { printable } from "../model/printable.ts";
import type { Registry } from "../model/registry.ts";
import type { Reach } from "../model/target.ts";
import { utc, type Clock } from "../model/time.ts";
import { isOwned, own, type About, type Owner } from "../store/ownership.ts";
import { isUnwritten } from "../store/refusal.ts";
import { openStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { owned } from "./client.ts";
import { makeHouse } from "./house.ts";
import type { Call, World } from "./verb.ts";

/** A data directory in this process's hands, its store open. */
export interface Held extends AsyncDisposable {
  readonly house: House;
  /** What this process says of itself. */
  readonly mine: Owner;
  /** Others may come through this socket from now on, or not any more. */
  announce(socket: string | null): void;
}

export interface HoldOptions {
  /** More is done meanwhile than to look something up or to write something down: no probe may wait for the disk. */
  readonly works?: boolean;
}

/**
 * Takes `data` (absolute; made when it is not there), and says `about` what it is taken. Throws WatchbookError DAEMON-RUNS
 * or DATA-OWNED with the owner's pid.
 */
export async function hold(
  world: Pick<World, "clock" | "env" | "version" | "registry">,
  data: string,
  about: About,
  options: HoldOptions = {},
): Promise<Held> {
  const fresh = !existsSync(data);
  try {
    return await take(world, data, about, options);
  } catch (error) {
    if (fresh && isUnwritten(error)) unmake(data);
    throw error;
  }
}

async function take(...[world, data, about, options]: Parameters<typeof hold>): Promise<Held> {
  const mine = await own(data, about, world.clock);
  if (isOwned(mine)) {
    const { pid, since, daemon } = mine.owner;
    if (!daemon) throw owned(data, mine.owner);
    throw new WatchbookError("DAEMON-RUNS", { data, pid, since: utc(since) }, { exit: EXIT.input });
  }
  await using stack = new AsyncDisposableStack();
  stack.use(mine);
  const store = stack.use(await openState(join(data, "state.db"), world.clock, options?.works !== true));
  const house = await makeHouse(world, data, store);
  const kept = stack.move();
  return {
    house,
    mine: mine.mine,
    announce: (socket) => mine.announce(socket),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

/** The store; one that is begun on a disk that takes nothing leaves no beginning of itself. */
async function openState(file: string, clock: Clock, here: boolean): Promise<Store> {
  const fresh = !existsSync(file);
  try {
    return await openStore(file, { clock, here });
  } catch (error) {
    if (fresh && isUnwritten(error)) for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    throw error;
  }
}

/** Removes a data directory that was only begun: the lock's empty file, and the folder unless somebody uses it by now. */
function unmake(data: string): void {
  if (!existsSync(data)) return;
  rmSync(join(data, "owner.db"), { force: true });
  if (readdirSync(data).length === 0) rmdirSync(data);
}

/** What a verb says of itself while it holds the data directory. */
export const aboutOf = ({ verb, positionals }: Pick<Call, "verb" | "positionals">): About => ({
  socket: null,
  command: printable([verb, ...positionals].join(" ")).slice(0, LONGEST),
});

/** Most of a command that is told, characters. */
const LONGEST = 200;

/** A hand on this machine, relative paths from `root`. */
export async function openLocal(registry: Registry, root: string): Promise<Reach> {
  const local = registry.targets.get("local");
  const params = local?.params.safeParse({});
  if (local === undefined || !params?.success) throw new Error("the registry has no target kind local");
  return local.open("local", params.data, root);
}
