import type { Delivery } from "../../model/notice.ts";
import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import type { Down } from "./down.ts";

/** What the watcher has to say of itself until a channel took it, across restarts; once each. */
export interface Owed {
  /** Tells what is owed, at most every minute while nobody takes it. Rejects as the store does, and for our bugs. */
  pass(): Promise<void>;
  readonly waiting: readonly Down[];
  /** One more; whoever adds it has kept it. */
  add(down: Down): void;
}

export interface OwedParts {
  readonly store: Pick<Store, "value" | "commit">;
  readonly clock: Pick<Clock, "monotonic">;
  /** Ids of channels in the order in which they are tried. */
  readonly channels: () => readonly string[];
  readonly send: (channel: string, down: Down) => Promise<Delivery>;
}

export const OWED = "watcher.owed";
const AGAIN = 60_000_000_000n;

export async function openOwed({ store, clock, channels, send }: OwedParts): Promise<Owed> {
  let waiting = JSON.parse((await store.value(OWED)) ?? "[]") as readonly Down[];
  let tried: bigint | undefined;
  const told = async (down: Down): Promise<boolean> => {
    for (const channel of channels()) if ((await send(channel, down)).kind === "delivered") return true;
    return false;
  };
  return {
    get waiting() {
      return waiting;
    },
    add: (down) => {
      waiting = [...waiting, down].slice(-10);
    },
    pass: async () => {
      const [first, ...rest] = waiting;
      if (!first || channels().length === 0) return;
      if (tried !== undefined && clock.monotonic() - tried < AGAIN) return;
      tried = clock.monotonic();
      if (!(await told(first))) return;
      [waiting, tried] = [rest, undefined];
      await store.commit([{ kind: "value.set", key: OWED, value: JSON.stringify(rest) }]);
    },
  };
}
