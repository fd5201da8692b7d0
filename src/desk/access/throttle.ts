/** What is known of one key (an account, an address, both together): tries that failed, and until when nothing is heard. */
export interface Tries {
  readonly failed: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly last: number;
}

/** How patient one is with a key: failures that cost nothing, then waits that double up to `mostMs`. */
export interface Patience {
  readonly free: number;
  readonly mostMs: number;
}

const FIRST_MS = 1_000;
/** Quiet after which all is forgotten. */
const FORGET_MS = 60 * 60_000;

/** Milliseconds until the next try is heard; 0: now. */
export const waitOf = (tries: Tries | undefined, now: number): number => Math.max(0, (tries?.until ?? 0) - now);

/** The same after one more failure at `now`: 1 s, 2 s, 4 s … */
export function failed(tries: Tries | undefined, { free, mostMs }: Patience, now: number): Tries {
  const before = tries && now - Math.max(tries.last, tries.until) < FORGET_MS ? tries.failed : 0;
  const over = before + 1 - free;
  const wait = over <= 0 ? 0 : Math.min(mostMs, FIRST_MS * 2 ** Math.min(over - 1, 30));
  return { failed: before + 1, until: now + wait, last: now };
}
