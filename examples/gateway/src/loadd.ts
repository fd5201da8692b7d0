// The load of one site: node loadd.ts SITE. Sends orders over several connections until it is asked to end, or its time is
// over; an order that was not answered is sent again, with its id, as soon as there is a connection.
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { told } from "./failure.ts";
import { onLines, send } from "./lines.ts";
import { writeLedger, type Ledger } from "./load/ledger.ts";
import { readJson } from "./site/config.ts";

/** `load.json` of a site, written by `load start`. */
export interface LoadPlan {
  readonly entry: number;
  readonly prefix: string;
  /** Orders per second, all connections together. */
  readonly rate: number;
  readonly connections: number;
  /** It ends by itself after so many seconds, whoever has forgotten it. */
  readonly seconds: number;
  readonly ledger: string;
}

const TICK_MS = 20;
/** A lost connection is made again after so many milliseconds. */
const AGAIN_MS = 50;
/** Orders of one connection that wait for their acknowledgement at a time. */
const WINDOW = 64;

interface Lane {
  socket: Socket | undefined;
  over: number;
  readonly waiting: Set<string>;
}

function serve(site: string): void {
  const plan = readJson(join(site, "load.json")) as LoadPlan;
  const ledger = writeLedger(plan.ledger);
  const lanes = Array.from({ length: plan.connections }, (): Lane => ({
    socket: undefined,
    over: 0,
    waiting: new Set(),
  }));
  const counted = { connections: 0, orders: 0 };
  for (const lane of lanes) call(lane, plan, ledger, counted);
  const began = process.hrtime.bigint();
  const pace = setInterval(() => {
    const due = (Number(process.hrtime.bigint() - began) / 1e9) * plan.rate;
    while (counted.orders < due) {
      counted.orders += 1;
      const lane = lanes[counted.orders % lanes.length]!;
      // What cannot be sent now is not sent later: a load that waits for nobody.
      if (lane.socket && lane.waiting.size < WINDOW) order(lane, `${plan.prefix}-${counted.orders}`, ledger);
    }
    ledger.flush();
  }, TICK_MS);
  const synced = setInterval(() => ledger.sync(), 1_000);
  const end = (): void => {
    clearInterval(pace);
    clearInterval(synced);
    ledger.close();
    process.exit(0);
  };
  setTimeout(end, plan.seconds * 1_000);
  process.once("SIGTERM", end);
}

function order(lane: Lane, id: string, ledger: Ledger): void {
  lane.waiting.add(id);
  ledger.note({ what: "sent", id, over: lane.over });
  send(lane.socket!, { id });
}

function call(lane: Lane, plan: LoadPlan, ledger: Ledger, counted: { connections: number }): void {
  counted.connections += 1;
  const over = counted.connections;
  const socket = connect(plan.entry, "127.0.0.1");
  let reason = "closed";
  socket.once("connect", () => {
    lane.socket = socket;
    lane.over = over;
    ledger.note({ what: "joined", over });
    for (const id of lane.waiting) order(lane, id, ledger);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => (reason = error.code ?? error.message));
  socket.once("close", () => {
    lane.socket = undefined;
    ledger.note({ what: "lost", over, reason });
    setTimeout(() => call(lane, plan, ledger, counted), AGAIN_MS);
  });
  onLines(socket, ({ ack }) => {
    if (ack === undefined || !lane.waiting.delete(ack)) return;
    ledger.note({ what: "acked", id: ack, over });
  });
}

await told(async () => serve(process.argv[2] ?? "."));
