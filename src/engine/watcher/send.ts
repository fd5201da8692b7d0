import { later, refused, type Delivery } from "../../model/notice.ts";
import type { OwnSaid } from "../../model/own.ts";
import type { HeartbeatSpec } from "../../model/watcher.ts";
import { portsOf } from "../alerts/outbox.ts";
import type { House, OpenBook } from "../house.ts";
import { beatChannel } from "./beat.ts";

const NO_SENDER_MS = 60_000;

/** Tells one channel of the book, or the address of a heartbeat, what watchbook has to say of itself. One attempt. */
export function sendOwn(
  house: House,
  open: OpenBook,
  to: Pick<HeartbeatSpec, "channel"> | HeartbeatSpec,
  said: OwnSaid,
  signal: AbortSignal,
): Promise<Delivery> {
  const { book } = open;
  const found =
    to.channel === undefined
      ? beatChannel(to as HeartbeatSpec)
      : book.config.channels.find(({ id }) => id === to.channel);
  const { send } = house.registry;
  if (!found) return Promise.resolve(refused("not-to-be-had", { what: to.channel ?? "" }));
  if (!send || !house.own) return Promise.resolve(later(NO_SENDER_MS, "no-kind", { kind: found.kind }));
  return send(found, house.own(open, said), portsOf(house, open, signal));
}
