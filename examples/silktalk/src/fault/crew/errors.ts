import { setTimeout as sleep } from "node:timers/promises";
import { multiaddr } from "@multiformats/multiaddr";
import { peerIdFromString } from "@libp2p/peer-id";
import { envelope, send } from "../../node/messages.ts";
import { stranger } from "./stranger.ts";

// errors.ts ADDRESS PERCENT COUNT: sends messages, PERCENT of them with a wrong checksum. COUNT 0: until it is ended.
const [address, percent, count] = process.argv.slice(2);
const target = multiaddr(address);
const id = peerIdFromString(target.getComponents().find((part) => part.name === "p2p")!.value!);
const network = await stranger();
await network.dial(target, { signal: AbortSignal.timeout(5000) });

let owed = 0;
for (let sent = 0; Number(count) === 0 || sent < Number(count); sent++) {
  owed += Number(percent) / 100;
  const spoil = owed >= 1 - 1e-9;
  if (spoil) owed -= 1;
  const good = envelope(`message ${sent}`);
  const message = spoil ? { ...good, sum: "0".repeat(64) } : good;
  await send(network, id, message, AbortSignal.timeout(5000));
  if (Number(count) === 0) await sleep(20);
}
await network.stop();
