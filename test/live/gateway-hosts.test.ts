// The gateway's failover between two hosts of a network: the primary is killed, the standby promoted over SSH, and the
// address that clients know moves from one to the other.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gatewayHosts, type GatewayHosts } from "../kit/gateway-hosts.ts";
import { faultIn } from "../kit/gateway-site.ts";
import { needs } from "./needs.ts";

const FILE = "docs/results/failover_result.env";
const LIMITS = ["--max-failover-seconds", "300", "--max-data-lag-events", "0"];

/** What a client of its own hears when it sends one order to the service address. */
const ordered = ({ entry }: GatewayHosts, id: string): Promise<Readonly<Record<string, unknown>>> =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...entry, timeout: 20_000 }, () => socket.write(`${JSON.stringify({ id })}\n`));
    socket.setEncoding("utf8");
    socket.once("timeout", () => socket.destroy(new Error(`no answer from ${entry.host}`)));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`${entry.host} closed`)));
    socket.once("data", (text: string) => {
      resolve(JSON.parse(text) as Readonly<Record<string, unknown>>);
      socket.destroy();
    });
  });

test("gateway: failover between two hosts, the address moves [C-042]", async (t) => {
  if (!needs(t, "root", "ip", "sshd", "ssh", "ssh-keygen", "busybox")) return;
  let hosts: GatewayHosts;
  try {
    hosts = await gatewayHosts(t);
  } catch (error) {
    // A kernel without namespaces, bridges or veth says so through `ip`.
    const { stderr = "" } = error as { readonly stderr?: string };
    if (!/Operation not permitted|not supported|Unknown device type/.test(stderr)) throw error;
    return t.skip(`no network namespaces here: ${stderr.trim()}`);
  }
  const { site, lan, primary, standby } = hosts;
  const up = await site.run("SOP-02", "prodlike");
  assert.equal(up.verdict, "pass", up.err);

  await t.test("before: the primary has the address, and orders of any client reach it", async () => {
    assert.deepEqual([lan.has(primary), lan.has(standby)], [true, false]);
    assert.equal((await ordered(hosts, "client-before"))["ack"], "client-before");
    assert.equal(lan.neighbour(), primary.mac);
    assert.equal((await site.status("prodlike-a"))["orders"], 1);
  });

  await t.test("looked at, it changes nothing on either host", async () => {
    const dry = await site.wb("run", "SOP-06", "--env", "prodlike", "--output-file", FILE);
    assert.equal(dry.code, 0, dry.err);
    assert.match(dry.out, /address-off[^]*address-on/);
    assert.deepEqual([lan.has(primary), lan.has(standby)], [true, false]);
    assert.equal((await site.verify(FILE, ...LIMITS)).code, 3);
  });

  await t.test("done: the primary is killed, the standby answers on the very address", async () => {
    const done = await site.run("SOP-06", "prodlike", "--inject-fault", "failover-fence", "--output-file", FILE);
    assert.deepEqual([done.code, done.verdict], [0, "pass"], `${done.err}\n${done.out}`);
    for (const step of ["failover-fence@prodlike-a", "address-off@prodlike-a", "address-on@prodlike-b"])
      assert.equal(done.steps[step], "done", step);
    assert.deepEqual([lan.has(primary), lan.has(standby)], [false, true]);
    assert.equal(lan.neighbour(), standby.mac, "the network was told");
    assert.equal((await ordered(hosts, "client-after"))["ack"], "client-after");
    const now = await site.status("prodlike-b");
    assert.deepEqual([now["role"], now["entry"], now["orders"]], ["primary", "open", 222]);
    assert.equal((await site.gateway("prodlike-a", "status")).code, 3, "nothing answers on the old primary");
  });

  await t.test("the evidence has what the manual names, and stands up to its limits [C-043]", async () => {
    const env = site.env("failover_result.env");
    const keys = [
      "FAILOVER_ENV",
      "FAILOVER_DRY_RUN",
      "FAILOVER_SUCCESS",
      "FAILOVER_FAILED_STEP",
      "DATA_SYNC_LAG_EVENTS",
    ];
    assert.deepEqual(
      keys.map((key) => env.get(key)),
      ["prodlike", "false", "true", "none", "0"],
    );
    assert.deepEqual([env.get("LOST_ACKED"), env.get("RPO_EVENTS"), faultIn(env)], ["0", "0", "ok"]);
    const [seconds, whole] = [Number(env.get("FAILOVER_SECONDS")), Number(env.get("FAILOVER_DURATION_SECONDS"))];
    assert.ok(seconds > 0 && seconds < whole, `${seconds} of ${whole}`);
    const verified = await site.verify(FILE, ...LIMITS);
    assert.deepEqual([verified.code, verified.verdict], [0, "pass"], verified.codes.join(" "));
    assert.equal((await site.verify(FILE, "--max-failover-seconds", String(seconds / 2))).code, 3);
  });

  await t.test("the old primary comes back as standby on its host, and catches up over the network", async () => {
    const back = await site.run("SOP-08", "prodlike");
    assert.deepEqual([back.code, back.verdict], [0, "pass"], back.err);
    const was = await site.status("prodlike-a");
    assert.deepEqual([was["role"], was["entry"], was["orders"]], ["standby", "closed", 222]);
    assert.deepEqual([lan.has(primary), lan.has(standby)], [false, true]);
  });

  await t.test("every acknowledged order is at the exchange, once", () => {
    const lines = (...path: readonly string[]): readonly string[] =>
      readFileSync(join(site.dir, ...path), "utf8")
        .trimEnd()
        .split("\n");
    const counted = lines("sites", "prodlike-front", "orders.ids");
    assert.deepEqual([counted.length, new Set(counted).size], [222, 222]);
    for (const id of ["client-before", "client-after", ...lines("runtime", "acked.ids")])
      assert.ok(counted.includes(id), id);
  });
});
