// The gateway example with its primary and its standby on hosts of their own: network namespaces that are reached over real
// sshds. The gateways listen on loopback as ever; relays hand on what comes to their hosts.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Config } from "../../examples/gateway/src/site/config.ts";
import { gatewaySite, type GatewaySite } from "./gateway-site.ts";
import { give, lan, type Host, type Lan } from "./lan.ts";
import { sshd, type Sshd } from "./sshd.ts";

export interface GatewayHosts {
  readonly site: GatewaySite;
  readonly lan: Lan;
  readonly primary: Host;
  readonly standby: Host;
  /** Where clients send orders: the service address and the port of the order entry. */
  readonly entry: { readonly host: string; readonly port: number };
}

/** How long a client's connection waits for somebody to have the service address, milliseconds. */
const PATIENCE_MS = 20_000;

const LOOPBACK = "127.0.0.1";

const configOf = (site: GatewaySite, name: string): Config =>
  JSON.parse(readFileSync(join(site.dir, "sites", name, "gateway.json"), "utf8")) as Config;

/** Relays of one place, in its namespace; they end with the test. */
async function relays(t: TestContext, netns: string | undefined, words: readonly string[]): Promise<void> {
  const node = [process.execPath, join(import.meta.dirname, "relay.ts"), ...words];
  // `ip netns exec` becomes the program that it is given: what is started is what is ended.
  const [program, ...argv] = netns === undefined ? node : ["ip", "netns", "exec", netns, ...node];
  const child = spawn(program!, argv, { stdio: ["ignore", "pipe", "inherit"] });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  assert.equal(String(said), "ready\n");
}

/** What comes to a host for its gateway, and what its gateway calls elsewhere. */
function relaysOf(lan: Lan, host: Host, other: Host, { entry, health, replication, peer, front }: Config) {
  const inward = (address: string, port: number): string => `${address}:${port}=${LOOPBACK}:${port}`;
  const outward = (address: string, port: number): string => `${LOOPBACK}:${port}=${address}:${port}`;
  return [
    inward(lan.service, entry),
    inward(host.address, health),
    inward(host.address, replication),
    outward(other.address, peer!),
    outward(lan.own, front.port),
  ];
}

/** A step that is done on one host, as the manual writes steps. */
const step = (title: string, attributes: object, ...lines: readonly string[]): string =>
  [
    `0. ${title}`,
    "",
    `   \`\`\`bash ${JSON.stringify(attributes)}`,
    ...lines.map((line) => `   ${line}`),
    "   ```",
    "",
    "",
  ].join("\n");

/** The example's own failover, and in it the steps that move the service address from one host to the other. */
export function movingAddress(manual: string, service: string): string {
  const off = step(
    "Take the service address off the old primary",
    { name: "address-off", "wb-risk": "destructive", "wb-idempotent": "true", "wb-target": "prodlike-a" },
    `ip addr flush dev lan to ${service}/32`,
    `! ip -4 addr show dev lan | grep -F " ${service}/"`,
  );
  const on = step(
    "The standby takes the service address and tells the network where it is now",
    { name: "address-on", "wb-risk": "write", "wb-idempotent": "true", "wb-target": "prodlike-b" },
    `ip addr replace ${service}/32 dev lan`,
    `busybox arping -U -c 2 -w 5 -I lan ${service}`,
  );
  const [head = "", tail = ""] = manual.split("## SOP-06");
  const [failover = "", ...rest] = tail.split(/(?=^The proof of step)/m);
  const more = failover
    .replace(/(?=^5\. The acknowledged orders)/m, () => off)
    .replace(/(?=^7\. Send 20 orders)/m, () => on);
  let number = 0;
  const numbered = more.replaceAll(/^\d+\. /gm, () => `${(number += 1)}. `);
  // What belongs to an item stands below its first word: one further to the right from the tenth on.
  const [nine = "", tenth = ""] = numbered.split(/(?=^10\. )/m);
  return `${head}## SOP-06${nine}${tenth.replaceAll(/^ {3}/gm, "    ")}${rest.join("")}`;
}

/** The book as it is for two hosts: targets over SSH instead of folders of this machine. */
function rewrite(site: GatewaySite, service: string, servers: Readonly<Record<"a" | "b", Sshd>>): void {
  const yaml = join(site.book, "watchbook.yaml");
  const text = readFileSync(yaml, "utf8").replaceAll(
    /^ {2}prodlike-([ab]): \{ kind: local.*$/gm,
    (_, half: "a" | "b") => {
      const { params, root } = servers[half];
      const name = `prodlike-${half}`;
      const target = {
        kind: "ssh",
        ...params,
        identity: join(root, "id"),
        environment: "prodlike",
        directory: join(site.dir, "sites", name),
        path: [join(site.dir, "bin")],
        env: { WATCHBOOK_STATE: join(site.dir, "state", name) },
      };
      return `  ${name}: ${JSON.stringify(target)}`;
    },
  );
  writeFileSync(yaml, text);
  const known = [servers.a, servers.b].map(({ root }) => readFileSync(join(root, "known_hosts"), "utf8"));
  writeFileSync(join(site.book, "known_hosts"), known.join(""));
  const manual = join(site.book, "runbooks", "failover.md");
  writeFileSync(manual, movingAddress(readFileSync(manual, "utf8"), service));
}

/** Two hosts, the first with the service address; nothing of the example runs yet. Throws as `lan` does. */
export async function gatewayHosts(t: TestContext): Promise<GatewayHosts> {
  const network = lan(t, 2);
  const [primary, standby] = network.hosts as readonly [Host, Host];
  const site = await gatewaySite(t);
  const [a, b] = [configOf(site, "prodlike-a"), configOf(site, "prodlike-b")];
  const servers = {
    a: await sshd(t, { host: primary.address, netns: primary.netns }),
    b: await sshd(t, { host: standby.address, netns: standby.netns }),
  };
  rewrite(site, network.service, servers);
  give(primary, network.service);
  const { front, entry } = a;
  await relays(t, primary.netns, relaysOf(network, primary, standby, a));
  await relays(t, standby.netns, relaysOf(network, standby, primary, b));
  await relays(t, undefined, [
    `${LOOPBACK}:${entry}=${network.service}:${entry}=${PATIENCE_MS}`,
    `${LOOPBACK}:${a.health}=${primary.address}:${a.health}`,
    `${LOOPBACK}:${b.health}=${standby.address}:${b.health}`,
    `${network.own}:${front.port}=${LOOPBACK}:${front.port}`,
  ]);
  return { site, lan: network, primary, standby, entry: { host: network.service, port: entry } };
}
