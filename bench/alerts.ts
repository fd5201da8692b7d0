// A target dies, a webhook hears of it: seconds between the two at default settings with a 10 s interval, and 10,000 alerts
// in one step grouped and stored: `node bench/alerts.ts [--kills N] [--interval SECONDS]`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startDaemon } from "../src/cli/serve.ts";
import { advance, EMPTY_DESK, policyOf } from "../src/desk/alert/index.ts";
import { changesOf } from "../src/engine/alerts/keep.ts";
import { registry } from "../src/kinds/registry.ts";
import type { Signal } from "../src/model/alert.ts";
import { systemClock } from "../src/model/time.ts";
import { openStore } from "../src/store/sqlite.ts";
import { emptyConfig } from "../src/book/config/empty.ts";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "12" }, interval: { type: "string", default: "10" } },
});

const listen = async (server: Server, port = 0): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};
const stop = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
};

const book = (target: number, hook: number): string => `title: bench
interval: ${values.interval}s
checks: { front: { kind: http, title: front, params: { url: "http://127.0.0.1:${target}/" } } }
rules: { down: { check: front, severity: P1 } }
severities: { P1: { scale: alert } }
# Killed this often it would count as flapping, and nobody would be told each time.
alerts: { flapping: { changes: 1000 } }
channels: { hook: { kind: webhook, url: "http://127.0.0.1:${hook}/", allow: ["127.0.0.1"] } }
`;

const sorted = (list: readonly number[]): readonly number[] => list.toSorted((a, b) => a - b);

async function kills(root: string): Promise<void> {
  let heard: ((event: string) => void) | undefined;
  const hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.end();
      heard?.((JSON.parse(Buffer.concat(chunks).toString("utf8")) as { readonly event: string }).event);
    });
  });
  const hookPort = await listen(hook);
  let target = createServer((_, response) => response.end("ok"));
  const port = await listen(target);
  writeFileSync(join(root, "ops.md"), "# Bench\n");
  writeFileSync(join(root, "watchbook.yaml"), book(port, hookPort));
  const world = {
    clock: systemClock,
    env: {},
    version: "bench",
    registry: () => Promise.resolve(registry),
    stderr: process.stderr,
  };
  await using serving = await startDaemon(world, { book: root, data: join(root, ".watchbook"), listen: "127.0.0.1:0" });
  void serving;
  const wait = (event: string): Promise<void> =>
    new Promise((resolve) => (heard = (got) => (got === event ? resolve() : undefined)));
  const seconds: number[] = [];
  for (let n = 0; n < Number(values.kills); n += 1) {
    // Anywhere in the interval.
    await systemClock.sleep(Number(values.interval) * 1000 * (n === 0 ? 1.3 : Math.random()));
    const fired = wait("fire");
    await stop(target);
    const began = systemClock.monotonic();
    await fired;
    seconds.push(Number(systemClock.monotonic() - began) / 1e9);
    const over = wait("resolve");
    target = createServer((_, response) => response.end("ok"));
    await listen(target, port);
    await over;
  }
  const all = sorted(seconds);
  const shown = [all[all.length >> 1]!, all.at(-1)!].map((one) => one.toFixed(2));
  process.stdout.write(`kill → webhook, ${all.length} kills: median ${shown[0]} s, max ${shown[1]} s\n`);
  await stop(target);
  await stop(hook);
}

async function flood(root: string): Promise<void> {
  const hook = {
    id: "hook",
    kind: "webhook",
    params: {},
    allow: [],
    source: { file: "watchbook.yaml", line: 1 },
    lines: {},
  };
  const config = { ...emptyConfig, channels: [hook] };
  const policy = policyOf({ config, severities: [], services: [], zone: "UTC" });
  const signals = Array.from({ length: 10_000 }, (_, n): Signal => ({
    ...{ key: `r@${n}`, rule: "r", title: "r", metric: "m", check: "c", target: `t-${n}`, service: `s-${n % 20}` },
    ...{ severity: "critical", form: "compare", down: false, firing: true, flapping: false, blind: false },
  }));
  await using store = await openStore(join(root, "flood", "state.db"));
  const began = systemClock.monotonic();
  const now = systemClock.wall();
  const given = { now, policy, onCall: () => [], flying: new Set<string>(), settled: true };
  const { desk, changed } = advance(EMPTY_DESK, [{ kind: "signals", signals }], given);
  const decided = systemClock.monotonic();
  await store.commit(changesOf(changed, now));
  const kept = systemClock.monotonic();
  const stored = (await store.desk("alert", { open: true, limit: 20_000 })).length;
  const ms = (from: bigint, to: bigint): string => (Number(to - from) / 1e6).toFixed(0);
  process.stdout.write(
    `10,000 alerts in one step: decided in ${ms(began, decided)} ms, kept in ${ms(decided, kept)} ms; ` +
      `${stored} stored, ${desk.groups.size} groups, ${desk.outbox.size} notices\n`,
  );
}

const root = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
try {
  mkdirSync(join(root, "flood"));
  await flood(root);
  await kills(root);
} finally {
  rmSync(root, { recursive: true, force: true });
}
