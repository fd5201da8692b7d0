import { setTimeout as sleep } from "node:timers/promises";
import { multiaddr } from "@multiformats/multiaddr";
import { stranger } from "./stranger.ts";

// connections.ts ADDRESS COUNT: holds COUNT connections open until it is ended; refused ones are tried again.
const [address, count] = process.argv.slice(2);
const target = multiaddr(address);
const peer = await stranger();
for (;;) {
  if (peer.getConnections().length < Number(count)) {
    // One after the other: a node takes only so many half-open connections.
    const opened = await peer.dial(target, { force: true }).then(
      () => true,
      () => false,
    );
    if (opened) continue;
  }
  await sleep(500);
}
