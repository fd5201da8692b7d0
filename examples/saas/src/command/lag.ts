import { confirmed } from "../copies.ts";
import { Failure } from "../failure.ts";
import { MEMBERS, whereOf, type Place } from "../place.ts";
import { query } from "../query.ts";

interface Seen {
  readonly replica: boolean;
  /** When the newest heartbeat was written, in seconds since 1970. */
  readonly beat: number;
  readonly streams: boolean;
}

async function look(place: Place, member: (typeof MEMBERS)[number]): Promise<Seen | undefined> {
  try {
    const [row] = await query(
      whereOf(place, member),
      "SELECT pg_is_in_recovery(), extract(epoch FROM at), EXISTS (SELECT FROM pg_stat_wal_receiver) FROM heartbeat",
    );
    return { replica: row?.[0] === "t", beat: Number(row?.[1]), streams: row?.[2] === "t" };
  } catch (error) {
    // Nobody answers there: that is what is looked for.
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/**
 * How far the replica is behind, in seconds: its newest heartbeat beside that of the primary, or, when nobody answers there
 * any more, beside the newest one that was confirmed to the application. Exit 3 at the limit and above, and when nobody
 * knows: no replica, one that follows nobody, or nothing was ever confirmed.
 */
export async function lag(place: Place, limit: number) {
  const seen = await Promise.all(MEMBERS.map((member) => look(place, member)));
  const replica = seen.find((one) => one?.replica === true);
  const primary = seen.find((one) => one?.replica === false);
  if (!replica) throw new Failure("no-replica");
  // One that follows nobody is no replica of what is there.
  if (primary && !replica.streams) throw new Failure("not-following");
  const method = primary ? "primary" : "confirmed";
  const newest = primary ? primary.beat : confirmed(place);
  if (newest === 0) throw new Failure("lag-unknown", { method });
  const lagSeconds = Number(Math.max(0, newest - replica.beat).toFixed(3));
  if (lagSeconds >= limit) throw new Failure("behind", { lagSeconds, limit, method });
  return { lagSeconds, method };
}
