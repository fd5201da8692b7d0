import type { Reach } from "../../model/target.ts";
import { secondsBetween } from "../../model/time.ts";
import type { Looking, OpenBook } from "../house.ts";
import { Reaches } from "../reaches.ts";

/** A hand is let go after this many seconds, so that a target that was built anew is met anew. */
const OLD_SECONDS = 600;

interface Hand {
  readonly reaches: Reaches;
  readonly open: OpenBook;
  readonly since: bigint;
  users: number;
  stale: boolean;
}

/** A hand for one check. */
export interface Lent {
  readonly reach: () => Promise<Reach>;
  readonly back: (well: boolean) => void;
}

/** Hands on targets that are kept between checks: one per target, opened on first use. */
export interface Hands extends AsyncDisposable {
  /** Lends a hand for one check; `back` must be called once, with whether what it reached was well. */
  lend(open: OpenBook, target: string): Lent;
}

export function makeHands(house: Pick<Looking, "registry" | "clock">): Hands {
  const hands = new Map<string, Hand>();
  const leaving = new Set<Promise<void>>();
  const letGo = (hand: Hand): void => {
    const gone: Promise<void> = hand.reaches[Symbol.asyncDispose]().finally(() => leaving.delete(gone));
    leaving.add(gone);
  };
  const fresh = (hand: Hand, open: OpenBook): boolean =>
    hand.open === open && !hand.stale && secondsBetween(hand.since, house.clock.monotonic()) < OLD_SECONDS;
  const drop = (target: string, hand: Hand): void => {
    hand.stale = true;
    if (hands.get(target) === hand) hands.delete(target);
    if (hand.users === 0) letGo(hand);
  };
  const take = (open: OpenBook, target: string): Hand => {
    const known = hands.get(target);
    if (known && fresh(known, open)) return known;
    if (known) drop(target, known);
    const reaches = new Reaches(house, open.book.config.targets, open.root);
    const hand: Hand = { reaches, open, since: house.clock.monotonic(), users: 0, stale: false };
    hands.set(target, hand);
    return hand;
  };
  return {
    lend: (open, target) => {
      const hand = take(open, target);
      hand.users += 1;
      return {
        reach: () => hand.reaches.get(target),
        back: (well) => {
          hand.users -= 1;
          if (hand.stale && hand.users === 0) letGo(hand);
          else if (!well) drop(target, hand);
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      for (const [target, hand] of hands) drop(target, hand);
      await Promise.all(leaving);
    },
  };
}
