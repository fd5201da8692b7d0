import { execFileSync } from "node:child_process";
import type { Afterwards } from "./sshd.ts";

const ip = (...args: readonly string[]): void => void execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });

/** A network namespace with one address, reached over a cable of its own. */
export interface Netns {
  readonly name: string;
  readonly host: string;
  /** Unplugs the cable, or plugs it in again. */
  plug(state: "up" | "down"): void;
}

let count = 0;

/** Made anew, and removed when the test ends. Needs root and iproute2. */
export function netns(t: Afterwards): Netns {
  count += 1;
  const name = `wb${process.pid}-${count}`;
  // 198.18.0.0/15 is for benchmarks of networks (RFC 2544): nobody's address.
  const net = `198.18.${process.pid % 250}`;
  const [ours, theirs] = [`${net}.${count * 4 + 1}`, `${net}.${count * 4 + 2}`];
  const cable = `w${process.pid}${count}`;
  ip("netns", "add", name);
  t.after(() => ip("netns", "del", name));
  ip("link", "add", cable, "type", "veth", "peer", "name", "far", "netns", name);
  ip("addr", "add", `${ours}/30`, "dev", cable);
  ip("link", "set", cable, "up");
  ip("-n", name, "addr", "add", `${theirs}/30`, "dev", "far");
  ip("-n", name, "link", "set", "far", "up");
  ip("-n", name, "link", "set", "lo", "up");
  return { name, host: theirs, plug: (state) => ip("link", "set", cable, state) };
}
