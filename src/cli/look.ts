import { existsSync } from "node:fs";
import { join } from "node:path";
import { WatchbookError } from "../model/error.ts";
import type { Clock } from "../model/time.ts";
import { isUnwritten } from "../store/refusal.ts";
import { openStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { aboutOf, hold, type Held, type HoldOptions } from "./hold.ts";
import { makeHouse } from "./house.ts";
import type { Call } from "./verb.ts";

/** A data directory in this process's hands, or one that can only be read because the disk takes nothing. */
export interface Looked extends Pick<Held, "house">, AsyncDisposable {
  /** Why nothing can be written. */
  readonly refused?: WatchbookError;
}

/** `hold`, and where the disk refuses to be written: what can be read there, without a lock, together with the refusal. */
export async function holdOrLook(
  call: Pick<Call, "world" | "data" | "verb" | "positionals">,
  options?: HoldOptions,
): Promise<Looked> {
  const { world, data } = call;
  try {
    return await hold(world, data, aboutOf(call), options);
  } catch (error) {
    if (!isUnwritten(error)) throw error;
    const store = await legible(join(data, "state.db"), world.clock);
    const house = await makeHouse(world, data, store);
    return { house, refused: error, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  }
}

/** To look something up as `holdOrLook`; where a verb has the data directory, what can be read beside it. */
export async function lookBeside(call: Parameters<typeof holdOrLook>[0]): Promise<Looked> {
  const { world, data } = call;
  try {
    return await holdOrLook(call);
  } catch (error) {
    if (!(error instanceof WatchbookError) || error.code !== "DATA-OWNED") throw error;
  }
  const store = await openStore(join(data, "state.db"), { clock: world.clock, readOnly: true, here: true });
  const house = await makeHouse(world, data, store);
  return { house, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** The state as it lies there; none where it cannot even be read. */
async function legible(file: string, clock: Clock): Promise<Store> {
  try {
    if (existsSync(file)) return await openStore(file, { clock, readOnly: true, here: true });
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
  }
  return openStore(":memory:", { clock });
}
