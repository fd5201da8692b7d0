import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ready, type AlertEvent, type Desk } from "../../desk/alert/index.ts";
import type { NoticeRecord } from "../../model/alert.ts";
import { WatchbookError } from "../../model/error.ts";
import { later, refused, type Delivery } from "../../model/notice.ts";
import type { NotifierPorts } from "../../model/notifier.ts";
import { referenceOf } from "../../model/secret.ts";
import type { House, OpenBook } from "../house.ts";
import { makeRate, type Allowed, type Sending } from "./rate.ts";
import { summed } from "./summed.ts";

/** Notices on their way at once through one channel: one that hangs holds up no other. */
const IN_FLIGHT = 16;
const NO_SENDER_MS = 60_000;

/** By channel, since the daemon started: notices that were taken; attempts that were not. */
export interface NoticeCounts {
  readonly sent: ReadonlyMap<string, number>;
  readonly failed: ReadonlyMap<string, number>;
}

/** Sends what waits. What became of it is handed on; nothing is remembered here but what is on its way. */
export interface Outbox {
  readonly flying: ReadonlySet<string>;
  /** Learns what the receivers of the book's channels take; before it has, nothing is held back. */
  learn(open: OpenBook): Promise<void>;
  counts(): NoticeCounts;
  /** Sends what is due and not on its way yet, as much of it as each channel takes in a minute. */
  send(desk: Desk, open: OpenBook, link: (notice: NoticeRecord) => string | undefined): void;
  /** Ends what is on its way: it stays in the outbox and is sent again. */
  stop(): Promise<void>;
}

/** What a delivery needs of the world: secrets by the names that the book gives them, files of the book. */
export const portsOf = (house: House, { book, root }: OpenBook, signal: AbortSignal): NotifierPorts => ({
  clock: house.clock,
  signal,
  secret: (given) => house.secret(referenceOf(book.config.secrets, given)),
  file: async (path) => {
    try {
      return await readFile(resolve(root, path), "utf8");
    } catch (error) {
      throw new WatchbookError("FILE-NOT-FOUND", { path }, { cause: error });
    }
  },
});

/** `onDelivery` resolves when the desk knows: until then the notice is on its way. */
export function makeOutbox(
  house: House,
  onDelivery: (event: Extract<AlertEvent, { readonly kind: "delivery" }>) => Promise<void>,
  onBug: (error: unknown) => void,
): Outbox {
  const flying = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  const attempt = async (record: NoticeRecord, open: OpenBook, link: string | undefined): Promise<Delivery> => {
    const channel = open.book.config.channels.find(({ id }) => id === record.channel);
    if (!channel) return refused("not-to-be-had", { what: record.channel });
    const { send } = house.registry;
    if (!send || !house.notice) return later(NO_SENDER_MS, "no-kind", { kind: channel.kind });
    return send(channel, house.notice(open, record, link), portsOf(house, open, stopping.signal));
  };

  const rate = makeRate(house.clock);
  const limits = new Map<string, Allowed | undefined>();
  const busy = new Map<string, number>();
  const sent = new Map<string, number>();
  const failed = new Map<string, number>();
  /** What the book says of the channel, else what is known of its kind. */
  const allowed = ({ book }: OpenBook, id: string): Allowed | undefined => {
    const channel = book.config.channels.find((one) => one.id === id);
    const usual = limits.get(channel?.kind ?? "");
    return channel?.perMinute === undefined ? usual : { ...usual, perMinute: channel.perMinute };
  };

  /** Undefined: it was ended. A bug of ours is told, and another channel tells it: nobody waits for whoever mends us. */
  const tried = async (sending: Sending, open: OpenBook, link: string | undefined): Promise<Delivery | undefined> => {
    const [{ channel }] = sending;
    try {
      const perMinute = allowed(open, channel)?.perMinute ?? 0;
      return await attempt(summed(sending, perMinute), open, link);
    } catch (error) {
      if (stopping.signal.aborted) return undefined;
      onBug(error);
      return later(NO_SENDER_MS, "own-fault", { channel });
    }
  };

  const fly = async (sending: Sending, open: OpenBook, link: string | undefined): Promise<void> => {
    const [{ channel }] = sending;
    busy.set(channel, (busy.get(channel) ?? 0) + 1);
    try {
      const delivery = await tried(sending, open, link);
      if (!delivery) return;
      const counts = delivery.kind === "delivered" ? sent : failed;
      counts.set(channel, (counts.get(channel) ?? 0) + 1);
      await Promise.all(sending.map(({ id }) => onDelivery({ kind: "delivery", notice: id, delivery })));
    } catch (error) {
      if (!stopping.signal.aborted) onBug(error);
    } finally {
      busy.set(channel, busy.get(channel)! - 1);
      for (const { id } of sending) flying.delete(id);
    }
  };

  return {
    counts: () => ({ sent, failed }),
    learn: async ({ book }) => {
      for (const kind of new Set(book.config.channels.map((channel) => channel.kind)))
        if (!limits.has(kind)) limits.set(kind, await house.registry.noticeLimits?.(kind));
    },
    get flying() {
      return new Set(flying.keys());
    },
    send: (desk, open, link) => {
      if (stopping.signal.aborted || desk.outbox.size === 0) return;
      const due = ready(desk, new Set(flying.keys()), house.clock.wall());
      for (const [, ours] of Map.groupBy(due, ({ channel, person }) => JSON.stringify([channel, person]))) {
        const [{ channel }] = ours as [NoticeRecord];
        const free = IN_FLIGHT - (busy.get(channel) ?? 0);
        for (const sending of rate.take(channel, ours, free, allowed(open, channel))) {
          const flight = fly(sending, open, sending.length === 1 ? link(sending[0]) : undefined);
          for (const { id } of sending) flying.set(id, flight);
        }
      }
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(flying.values());
    },
  };
}
