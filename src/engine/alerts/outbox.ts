import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ready, type AlertEvent, type Desk } from "../../desk/alert/index.ts";
import type { NoticeRecord } from "../../model/alert.ts";
import { WatchbookError } from "../../model/error.ts";
import { later, refused, type Delivery } from "../../model/notice.ts";
import type { NotifierPorts } from "../../model/notifier.ts";
import { referenceOf } from "../../model/secret.ts";
import type { House, OpenBook } from "../house.ts";

/** Notices on their way at once. */
const IN_FLIGHT = 16;
const NO_SENDER_MS = 60_000;

/** Sends what waits. What became of it is handed on; nothing is remembered here but what is on its way. */
export interface Outbox {
  readonly flying: ReadonlySet<string>;
  /** Sends what is due and not on its way yet. */
  send(desk: Desk, open: OpenBook, link: (notice: NoticeRecord) => string | undefined): void;
  /** Ends what is on its way: it stays in the outbox and is sent again. */
  stop(): Promise<void>;
}

const portsOf = (house: House, { book, root }: OpenBook, signal: AbortSignal): NotifierPorts => ({
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
  onDelivery: (event: AlertEvent) => Promise<void>,
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

  const fly = async (record: NoticeRecord, open: OpenBook, link: string | undefined): Promise<void> => {
    try {
      const delivery = await attempt(record, open, link);
      await onDelivery({ kind: "delivery", notice: record.id, delivery });
    } catch (error) {
      if (!stopping.signal.aborted) onBug(error);
    } finally {
      flying.delete(record.id);
    }
  };

  return {
    get flying() {
      return new Set(flying.keys());
    },
    send: (desk, open, link) => {
      if (stopping.signal.aborted || desk.outbox.size === 0) return;
      const free = IN_FLIGHT - flying.size;
      if (free <= 0) return;
      for (const record of ready(desk, new Set(flying.keys()), house.clock.wall()).slice(0, free))
        flying.set(record.id, fly(record, open, link(record)));
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(flying.values());
    },
  };
}
