import type { Delivery } from "../../model/notice.ts";
import type { ChannelSpec } from "../../model/notifier.ts";
import type { Clock } from "../../model/time.ts";
import type { HeartbeatSpec } from "../../model/watcher.ts";

/** The outward heartbeat: silence of it is the alarm. */
export interface Beat {
  /** Sends one when it is due and `well`; what keeps quiet is not made up for. */
  pass(spec: HeartbeatSpec, well: boolean): Promise<void>;
  /** When one was last taken, milliseconds since the epoch. */
  last(): number | undefined;
  counts(): { readonly sent: number; readonly failed: number; readonly withheld: number };
}

/** A heartbeat to an address goes the way of a webhook: the same guard of addresses, secrets and certificates. */
export const beatChannel = ({ url, allow }: HeartbeatSpec): ChannelSpec => ({
  ...{ id: "heartbeat", kind: "webhook", params: { url }, allow },
  ...{ source: { file: "watchbook.yaml", line: 1 }, lines: {} },
});

export function makeBeat(
  clock: Pick<Clock, "monotonic" | "wall">,
  send: (spec: HeartbeatSpec) => Promise<Delivery>,
): Beat {
  let due: bigint | undefined;
  let last: number | undefined;
  const counts = { sent: 0, failed: 0, withheld: 0 };
  return {
    last: () => last,
    counts: () => counts,
    pass: async (spec, well) => {
      const now = clock.monotonic();
      if (due !== undefined && now < due) return;
      due = now + BigInt(Math.round(spec.everyMs)) * 1_000_000n;
      if (!well) {
        counts.withheld += 1;
        return;
      }
      const { kind } = await send(spec);
      if (kind === "delivered") {
        last = clock.wall();
        counts.sent += 1;
      } else counts.failed += 1;
    },
  };
}
