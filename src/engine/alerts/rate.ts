import type { NoticeRecord } from "../../model/alert.ts";
import type { Clock } from "../../model/time.ts";

/** What is sent now: one notice, or several that are told as one because the channel takes no more. */
export type Sending = readonly [NoticeRecord, ...NoticeRecord[]];

export interface Allowed {
  readonly perMinute: number;
  /** The receiver keeps a state of each group: nothing of it can be told together. */
  readonly stateful?: true;
}

const MINUTE = 60_000_000_000n;

/** How much each channel was sent in the last minute. State of one process: a restart begins anew. */
export interface Rate {
  /** What of `due`, the worst first, may be sent through a channel now, `most` at once; the rest waits. Counts it as sent. */
  take(channel: string, due: readonly NoticeRecord[], most: number, allowed: Allowed | undefined): readonly Sending[];
}

/** Incidents are told one by one: each has words of its own. */
const alone = ({ incident }: NoticeRecord): boolean => incident !== undefined;

export function makeRate(clock: Pick<Clock, "monotonic">): Rate {
  const sent = new Map<string, bigint[]>();
  const count = (channel: string, sendings: readonly Sending[]): readonly Sending[] => {
    sent.set(channel, [...(sent.get(channel) ?? []), ...sendings.map(() => clock.monotonic())]);
    return sendings;
  };
  return {
    take: (channel, due, most, allowed) => {
      const each = due.map((notice): Sending => [notice]);
      if (!allowed) return each.slice(0, Math.max(0, most));
      const since = clock.monotonic() - MINUTE;
      const recent = (sent.get(channel) ?? []).filter((at) => at > since);
      sent.set(channel, recent);
      const free = allowed.perMinute - recent.length;
      if (free <= 0 || most <= 0) return [];
      const rest = due.filter((notice) => !alone(notice));
      if (due.length <= free || allowed.stateful || rest.length < 2)
        return count(channel, each.slice(0, Math.min(free, most)));
      // The last place is for all that are left: nobody waits for long, and nothing is left out.
      const apart = due.filter(alone).slice(0, free - 1);
      const single = free - 1 - apart.length;
      const singles = [...apart, ...rest.slice(0, single)].map((notice): Sending => [notice]);
      const [head, ...others] = rest.slice(single);
      return count(channel, [...singles, [head!, ...others] as Sending].slice(0, most));
    },
  };
}
