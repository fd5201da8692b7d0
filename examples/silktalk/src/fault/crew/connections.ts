import { setTimeout as sleep } from "node:timers/promises";
import { multiaddr } from "@multiformats/multiaddr";
import { homeAt } from "../../node/home.ts";
import { healthOfNode } from "../../stack/health.ts";
import { stranger } from "./stranger.ts";

// connections.ts ADDRESS COUNT HOME: opens connections until the node at HOME says that it has COUNT, then holds its own until it
// is ended; refused ones are tried again.
const [address, wanted, root] = process.argv.slice(2);
const target = multiaddr(address);
const peer = await stranger();

/** Own connections from the moment on that the node has as many as asked for: who comes and goes later is not our fault. */
let held: number | undefined;
async function missing(): Promise<number> {
  const mine = peer.getConnections().length;
  if (held !== undefined) return held - mine;
  const now = (await healthOfNode(homeAt(root!)))?.connections;
  if (now === undefined) return 0;
  if (now >= Number(wanted)) held = mine;
  return Number(wanted) - now;
}

/** One after the other: a node takes only so many half-open connections. False when one was refused. */
async function open(count: number): Promise<boolean> {
  for (let n = 0; n < count; n++) {
    const opened = await peer.dial(target, { force: true }).then(
      () => true,
      () => false,
    );
    if (!opened) return false;
  }
  return true;
}

for (;;) {
  const count = await missing();
  const opened = await open(count);
  // A node counts a new one a moment later; one that refuses has no room, or no time, for longer than that.
  await sleep(!opened ? 200 : count > 0 ? 50 : 500);
}
