import { randomUUID } from "node:crypto";
import { WatchbookError } from "../../model/error.ts";
import { likely } from "../../model/nearest.ts";
import type { Lang } from "../../model/lang.ts";
import { later, type Delivery, type Notice } from "../../model/notice.ts";
import type { ChannelSpec } from "../../model/notifier.ts";
import { secondsBetween } from "../../model/time.ts";
import type { House, OpenBook } from "../house.ts";
import type { Alerts } from "./alerts.ts";
import { portsOf } from "./outbox.ts";

/** What became of a test of a channel. */
export interface ChannelTried {
  readonly channel: string;
  readonly kind: string;
  /** Id of the notice. */
  readonly notice: string;
  readonly delivery: Delivery;
  readonly seconds: number;
  /** What the test opened at the receiver's is still open. */
  readonly left: boolean;
  /** It is on record. */
  readonly kept: boolean;
}

/** The channel of a book. Throws CHANNEL-UNKNOWN with the nearest ones. */
export function channelNamed({ book }: OpenBook, name: string): ChannelSpec {
  const found = book.config.channels.find(({ id }) => id === name);
  if (found) return found;
  const ids = book.config.channels.map(({ id }) => id);
  throw new WatchbookError("CHANNEL-UNKNOWN", { name, nearest: likely(name, ids).join(", ") || "-" });
}

interface Trying {
  readonly name: string;
  readonly by: string;
  /** Absent: the book's. */
  readonly lang?: Lang | undefined;
  /** Why somebody tried it. */
  readonly reason?: string | undefined;
}

/**
 * Sends one notice through a channel and nothing else, and keeps what became of it. Rejects with CHANNEL-UNKNOWN; a store that
 * refuses is no reason not to try.
 */
export async function tryChannel(
  house: House,
  open: OpenBook,
  alerts: Pick<Alerts, "tested" | "ill">,
  { name, by, lang, reason }: Trying,
  signal: AbortSignal,
): Promise<ChannelTried> {
  const channel = channelNamed(open, name);
  const { clock } = house;
  const said = { kind: "trial", id: randomUUID(), channel: name, by, lang: lang ?? open.book.lang } as const;
  const ports = portsOf(house, open, signal);
  const send = async (notice: Notice | undefined): Promise<Delivery> =>
    notice === undefined || !house.registry.send
      ? later(0, "no-kind", { kind: channel.kind })
      : house.registry.send(channel, notice, ports);

  const start = clock.monotonic();
  const delivery = await send(house.own?.(open, said));
  const seconds = Math.round(secondsBetween(start, clock.monotonic()) * 100) / 100;
  // Receivers that keep a state have an incident open now: the test ends it.
  const stateful = delivery.kind === "delivered" && (await house.registry.noticeLimits?.(channel.kind))?.stateful;
  const left = stateful === true && (await send(house.own?.(open, { ...said, over: true }))).kind !== "delivered";

  const outcome = { delivery: delivery.kind, ...(delivery.kind !== "delivered" && { reason: delivery.reason }) };
  const data = { by, notice: said.id, seconds, ...outcome, ...(reason && { why: reason }) };
  const event = { at: clock.wall(), kind: "channel.tested", subject: name, data } as const;
  await alerts.tested(name, delivery.kind === "delivered", { kind: "event.add", event });
  return { channel: name, kind: channel.kind, notice: said.id, delivery, seconds, left, kept: !alerts.ill() };
}
