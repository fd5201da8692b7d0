// A stand-in of an exchange's front: node frontd.ts SITE. Takes orders, keeps their ids, counts every id once.
import type { Socket } from "node:net";
import { join } from "node:path";
import { told } from "./failure.ts";
import { addressAt } from "./front/address.ts";
import { orderBook } from "./front/order-book.ts";
import { voice } from "./front/voice.ts";
import type { Message } from "./lines.ts";
import { control } from "./node/control.ts";
import { readJson } from "./site/config.ts";

/** `front.json` of a site. */
export interface FrontConfig {
  readonly environment: string;
  readonly port: number;
  /** Address for quotes: says hello as the other one, and takes no orders. */
  readonly quotes?: number;
  readonly control: number;
  readonly api: string;
  /** Its clock is so many milliseconds off. */
  readonly skewMs?: number;
}

/** What `GET /state` of a front answers. `repeated`: came again with an id that was there, and did not count. */
export interface FrontState {
  readonly on: boolean;
  readonly connected: number;
  readonly orders: number;
  readonly repeated: number;
}

/** A front that was made bad is well again after so long, milliseconds: whoever asked for it may have died. */
const WORST_MS = 120_000;

async function serve(site: string): Promise<void> {
  const { port, quotes, control: door, api, skewMs = 0 } = readJson(join(site, "front.json")) as FrontConfig;
  const book = orderBook(join(site, "orders.ids"));
  const mouth = voice();
  const greet = (socket: Socket): void => mouth.say(socket, { api, now: Date.now() + skewMs });
  const answer = (socket: Socket, { ping }: Message): void => {
    if (ping !== undefined) mouth.say(socket, { pong: ping });
  };
  const orders = addressAt(port, greet, (socket, message) => {
    answer(socket, message);
    if (message.id === undefined) return;
    book.take(message.id);
    mouth.say(socket, { ok: message.id });
  });
  const addresses = [orders, ...(quotes === undefined ? [] : [addressAt(quotes, greet, answer)])];
  let again: NodeJS.Timeout | undefined;
  const well = async (): Promise<void> => {
    clearTimeout(again);
    mouth.quick();
    await Promise.all(addresses.map((address) => address.open()));
  };
  const bad = (how: () => void) => (): void => {
    clearTimeout(again);
    again = setTimeout(() => void well(), WORST_MS);
    how();
  };
  await well();
  await control(door, {
    "GET /state": (): FrontState => ({
      on: orders.isOpen,
      connected: orders.connected,
      orders: book.orders,
      repeated: book.repeated,
    }),
    "GET /counted": () => ({ counted: book.counted() }),
    "POST /on": well,
    "POST /off": bad(() => addresses.forEach((address) => address.close())),
    "POST /slow": bad(() => mouth.slow()),
  });
  process.once("SIGTERM", () => process.exit(0));
}

await told(() => serve(process.argv[2] ?? "."));
if (process.exitCode !== undefined) process.exit();
