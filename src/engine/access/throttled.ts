import { failed, waitOf, type Patience, type Tries } from "../../desk/access/throttle.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Clock } from "../../model/time.ts";
import { networkOf } from "./network.ts";
import { Remembered } from "./remembered.ts";

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

/** So long after a right one the address counts as that person's own. */
const LATELY_MS = 30 * 24 * 60 * MINUTE;
/** Addresses of one account that are remembered so. */
const OWN = 16;

/** Secrets that are tried: passwords, codes, tokens. In memory: a new start forgets, and strangers cannot start it anew. */
export interface Throttle {
  /**
   * Counts a try before it is known whether it is right, so that many at once are many. `account`: what is guessed at;
   * undefined: a secret of 100 random bits or more, which is counted for the address alone. Throws SIGN-IN-WAIT {seconds}.
   * The function that it gives is called when it was right.
   */
  attempt(account: string | undefined, address: string): () => void;
  /** Somebody came into the account from there at `at`, milliseconds since the epoch. */
  came(account: string, address: string, at: number): void;
}

/** What is guessed at when a code of the person's second factor is. */
export const codeOf = (person: string): string => `code of ${person}`;

/** One count of a try: where it stands, and what stood there before. */
interface Count {
  readonly kind: Remembered;
  readonly name: string;
  readonly before: Tries | undefined;
  readonly after: Tries;
}

/** As if it had not been counted; what others tried meanwhile stays. */
function takeBack({ kind, name, before, after }: Count): void {
  const now = kind.get(name);
  if (now === undefined) return;
  if (now !== after) kind.put(name, { ...now, failed: Math.max(0, now.failed - 1) });
  else if (before) kind.put(name, before);
  else kind.delete(name);
}

export function makeThrottle(clock: Pick<Clock, "wall">): Throttle {
  const kinds = { both: new Remembered(), address: new Remembered(), account: new Remembered() };
  const own = new Map<string, Map<string, number>>();
  const came = (account: string, network: string, at: number): void => {
    const known = own.get(account) ?? new Map<string, number>();
    known.delete(network);
    known.set(network, at);
    if (known.size > OWN) known.delete(known.keys().next().value!);
    own.set(account, known);
  };
  const count = (what: keyof typeof kinds, name: string, now: number): Count => {
    const kind = kinds[what];
    const before = kind.get(name);
    const after = failed(before, PATIENCE[what], now);
    kind.put(name, after);
    return { kind, name, before, after };
  };
  return {
    came: (account, address, at) => came(account, networkOf(address), at),
    attempt: (account, address) => {
      const now = clock.wall();
      const network = networkOf(address);
      const both = `${network} ${account}`;
      // Strangers who guess from elsewhere do not keep its person waiting where they came from before.
      const isOwn = account !== undefined && now - (own.get(account)?.get(network) ?? -Infinity) < LATELY_MS;
      const waits = [
        waitOf(kinds.address.get(network), now),
        ...(account === undefined ? [] : [waitOf(kinds.both.get(both), now)]),
        ...(account === undefined || isOwn ? [] : [waitOf(kinds.account.get(account), now)]),
      ];
      const wait = Math.max(...waits);
      if (wait > 0) throw new WatchbookError("SIGN-IN-WAIT", { seconds: Math.ceil(wait / 1000) });
      // Whoever has one account must not use it to go on guessing at others.
      const here = count("address", network, now);
      if (account === undefined) return () => takeBack(here);
      count("both", both, now);
      const everywhere = count("account", account, now);
      return () => {
        takeBack(here);
        kinds.both.delete(both);
        // Elsewhere it may still be guessed at: that its person comes in here ends only what they tried themselves.
        if (isOwn) takeBack(everywhere);
        else kinds.account.delete(account);
        came(account, network, clock.wall());
      };
    },
  };
}
