// Hosts on a network of their own: a namespace each, on the ports of a switch that has a namespace too, so that nothing
// that this machine filters or forwards has a say between them.
import { execFileSync } from "node:child_process";
import type { Afterwards } from "./sshd.ts";

const ip = (...args: readonly string[]): string =>
  execFileSync("ip", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

export interface Host {
  /** Its network namespace. */
  readonly netns: string;
  readonly address: string;
  /** Hardware address of its interface `lan`. */
  readonly mac: string;
}

export interface Lan {
  readonly hosts: readonly Host[];
  /** Address of this machine on it. */
  readonly own: string;
  /** An address that no host has of itself: it may be given to any, and taken again. */
  readonly service: string;
  /** Hardware address that this machine last heard the service address from. */
  neighbour(): string | undefined;
  /** Whether a host has the service address. */
  has(host: Host): boolean;
}

/** Made anew, and removed when the test ends. Needs root and iproute2; throws where the kernel gives no namespaces. */
export function lan(t: Afterwards, count: number): Lan {
  const id = process.pid;
  // 198.18.0.0/15 is for benchmarks of networks (RFC 2544): nobody's address; netns.ts has its lower half.
  const net = `198.19.${id % 250}`;
  const [cable, wall] = [`wl${id}`, `wbl${id}-0`];
  ip("netns", "add", wall);
  t.after(() => ip("netns", "del", wall));
  ip("-n", wall, "link", "add", "switch", "type", "bridge");
  ip("-n", wall, "link", "set", "switch", "up");
  const plug = (port: string): void => {
    ip("-n", wall, "link", "set", port, "master", "switch");
    ip("-n", wall, "link", "set", port, "up");
  };
  ip("link", "add", cable, "type", "veth", "peer", "name", "own", "netns", wall);
  plug("own");
  ip("addr", "add", `${net}.1/24`, "dev", cable);
  ip("link", "set", cable, "up");
  const hosts = Array.from({ length: count }, (_, index): Host => {
    const [netns, port, address] = [`wbl${id}-${index + 1}`, `port${index + 1}`, `${net}.${index + 11}`];
    ip("netns", "add", netns);
    t.after(() => ip("netns", "del", netns));
    ip("-n", wall, "link", "add", port, "type", "veth", "peer", "name", "lan", "netns", netns);
    plug(port);
    ip("-n", netns, "addr", "add", `${address}/24`, "dev", "lan");
    for (const name of ["lan", "lo"]) ip("-n", netns, "link", "set", name, "up");
    // A program may listen on the service address before its host has it.
    ip("netns", "exec", netns, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_nonlocal_bind");
    const mac = /link\/ether (\S+)/.exec(ip("-n", netns, "link", "show", "dev", "lan"))?.[1] ?? "";
    return { netns, address, mac };
  });
  const service = `${net}.100`;
  return {
    hosts,
    own: `${net}.1`,
    service,
    neighbour: () => /lladdr (\S+)/.exec(ip("neigh", "show", service, "dev", cable))?.[1],
    has: ({ netns }) => ip("-n", netns, "-4", "addr", "show", "dev", "lan").includes(` ${service}/`),
  };
}

/** Gives a host the service address. */
export const give = (host: Host, service: string): void =>
  void ip("-n", host.netns, "addr", "add", `${service}/32`, "dev", "lan");
