import { failed, waitOf, type Patience, type Tries } from "../../desk/access/throttle.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Clock } from "../../model/time.ts";

const MINUTE = 60_000;

/**
 * How patient one is. An account from one address waits longest; the account from everywhere together only a minute, for
 * else a stranger could keep its person out at night.
 */
const PATIENCE = {
  both: { free: 3, mostMs: 15 * MINUTE },
  address: { free: 10, mostMs: 15 * MINUTE },
  account: { free: 20, mostMs: MINUTE },
} as const satisfies Record<string, Patience>;

/** Names that are remembered; the oldest are forgotten first. */
const MOST = 10_000;

/** Secrets that are tried: passwords, codes, tokens. In memory: a new start forgets, and strangers cannot start it anew. */
export interface Throttle {
  /**
   * Counts a try before it is known whether it is right, so that many at once are many. Throws SIGN-IN-WAIT {seconds}.
   * The function that it gives is called when it was right.
   */
  attempt(account: string, address: string): () => void;
}

export function makeThrottle(clock: Pick<Clock, "wall">): Throttle {
  const tries = new Map<string, Tries>();
  const put = (key: string, one: Tries): void => {
    tries.delete(key);
    tries.set(key, one);
    if (tries.size > MOST) tries.delete(tries.keys().next().value!);
  };
  return {
    attempt: (account, address) => {
      const now = clock.wall();
      const keys = [
        [`both ${address} ${account}`, PATIENCE.both],
        [`address ${address}`, PATIENCE.address],
        [`account ${account}`, PATIENCE.account],
      ] as const;
      const wait = Math.max(...keys.map(([key]) => waitOf(tries.get(key), now)));
      if (wait > 0) throw new WatchbookError("SIGN-IN-WAIT", { seconds: Math.ceil(wait / 1000) });
      const before = tries.get(keys[1][0]);
      for (const [key, patience] of keys) put(key, failed(tries.get(key), patience, now));
      return () => {
        tries.delete(keys[0][0]);
        tries.delete(keys[2][0]);
        // Whoever has one account must not use it to go on guessing at others.
        if (before) put(keys[1][0], before);
        else tries.delete(keys[1][0]);
      };
    },
  };
}
