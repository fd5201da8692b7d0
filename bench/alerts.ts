// A target dies, a webhook hears of it: seconds between the two at a 10 s interval, beside Prometheus + Alertmanager, and 10,000
// alerts in one step grouped and stored: `node bench/alerts.ts [--kills N] [--interval SECONDS] [--stock]`.
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { advance, EMPTY_DESK, policyOf } from "../src/desk/alert/index.ts";
import { changesOf } from "../src/engine/alerts/keep.ts";
import type { Signal } from "../src/model/alert.ts";
import { systemClock } from "../src/model/time.ts";
import { openStore } from "../src/store/sqlite.ts";
import { emptyConfig } from "../src/book/config/empty.ts";
import { which } from "../test/live/needs.ts";
import { end, prometheus, watchbook } from "./peers/daemons.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "30" },
    interval: { type: "string", default: "10" },
    stock: { type: "boolean", default: false },
  },
  strict: false,
}) as { readonly values: { readonly kills: string; readonly interval: string; readonly stock: boolean } };

/** One target each, so that every kill is told by itself. */
interface Hook {
  readonly port: number;
  /** When each target was heard of for the first time. */
  readonly heard: Map<number, bigint>;
  readonly server: Server;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};
const stop = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
};

/** A receiver; `named` gives the numbers of the targets that a payload says are down. */
async function hook(named: (body: string) => readonly number[]): Promise<Hook> {
  const heard = new Map<number, bigint>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.end();
      const at = systemClock.monotonic();
      for (const n of named(Buffer.concat(chunks).toString("utf8"))) if (!heard.has(n)) heard.set(n, at);
    });
  });
  return { server, heard, port: await listen(server) };
}

const ourHook = (): Promise<Hook> =>
  hook((body) => {
    const { event, title } = JSON.parse(body) as { readonly event: string; readonly title: string };
    const number = /t(\d+)/.exec(title)?.[1];
    return event === "fire" && number !== undefined ? [Number(number)] : [];
  });

interface Told {
  readonly alerts: readonly { readonly status: string; readonly labels: { readonly instance: string } }[];
}
const theirHook = (): Promise<Hook> =>
  hook((body) =>
    (JSON.parse(body) as Told).alerts
      .filter(({ status }) => status === "firing")
      .map(({ labels }) => Number(/t=(\d+)/.exec(labels.instance)?.[1])),
  );

const book = (urls: readonly string[], port: number): string => `title: bench
interval: ${values.interval}s
services:
${urls.map((_, n) => `  s${n}: { title: s${n} }`).join("\n")}
checks:
${urls.map((url, n) => `  c${n}: { kind: http, title: t${n}, service: s${n}, params: { url: "${url}" } }`).join("\n")}
rules:
${urls.map((_, n) => `  r${n}: { check: c${n}, severity: P1 }`).join("\n")}
severities: { P1: { scale: alert, channels: [hook] } }
channels: { hook: { kind: webhook, url: "http://127.0.0.1:${port}/", allow: ["127.0.0.1"] } }
`;

interface Contender {
  readonly name: string;
  readonly hook: Hook;
  readonly processes: readonly ChildProcess[];
}

async function contenders(root: string, urls: readonly string[]): Promise<readonly Contender[]> {
  mkdirSync(join(root, "book"));
  const own = await ourHook();
  const ours = {
    name: "watchbook, default settings",
    hook: own,
    processes: await watchbook(join(root, "book"), book(urls, own.port)),
  };
  if (!which("prometheus") || !which("prometheus-alertmanager") || !which("prometheus-blackbox-exporter"))
    return [ours];
  const [tuned, stock] = [await theirHook(), await theirHook()];
  const wishes = [
    {
      ...{ name: "Prometheus + Alertmanager, tuned (evaluation 5 s, for 0, group_wait 0)", hook: tuned },
      global: `scrape_interval: ${values.interval}s, scrape_timeout: 6s, evaluation_interval: 5s`,
      ...{ hold: "0s", waits: "group_wait: 0s, group_interval: 1s" },
    },
    {
      name: "Prometheus + Alertmanager, stock (1 m, 1 m, group_wait 30 s; for 1 m)",
      hook: stock,
      hold: "1m",
      waits: "",
    },
  ];
  const theirs = wishes.slice(0, values.stock ? 2 : 1).map(async ({ name, hook: its, hold, waits, ...more }, n) => {
    const told = { url: `http://127.0.0.1:${its.port}/`, waits };
    return {
      name,
      hook: its,
      processes: await prometheus(join(root, `prometheus-${n}`), { ...more, urls, hold, hook: told }),
    };
  });
  return [ours, ...(await Promise.all(theirs))];
}

/** Kills each target once, at a moment of its own within a minute and a half; everybody watches the same ones. */
async function kills(root: string, count: number): Promise<readonly string[]> {
  const targets = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer((_, response) => response.end("ok"));
      return { server, port: await listen(server) };
    }),
  );
  const urls = targets.map(({ port }, n) => `http://127.0.0.1:${port}/?t=${n}`);
  const all = await contenders(root, urls);
  try {
    // Everybody has looked at every target more than once, the stock pair too.
    await systemClock.sleep(values.stock ? 150_000 : 40_000);
    const killed = await Promise.all(
      targets.map(async ({ server }) => {
        await systemClock.sleep(Math.random() * 90_000);
        await stop(server);
        return systemClock.monotonic();
      }),
    );
    const patience = systemClock.monotonic() + 300_000_000_000n;
    while (all.some(({ hook: { heard } }) => heard.size < count) && systemClock.monotonic() < patience)
      await systemClock.sleep(250);
    return all.map(({ name, hook: { heard } }) =>
      rowOf(
        name,
        killed.map((at, n) => secondsTo(at, heard.get(n))),
      ),
    );
  } finally {
    await end(all.flatMap(({ processes }) => processes));
    await Promise.all(all.map(({ hook: { server } }) => stop(server)));
  }
}

const secondsTo = (from: bigint, to: bigint | undefined): number =>
  to === undefined ? Number.POSITIVE_INFINITY : Number(to - from) / 1e9;

function rowOf(name: string, seconds: readonly number[]): string {
  const sorted = seconds.toSorted((a, b) => a - b);
  const [median, most] = [sorted[sorted.length >> 1]!, sorted.at(-1)!];
  return `| ${name} | ${median.toFixed(1)} | ${most.toFixed(1)} | ${sorted[0]!.toFixed(1)} | ${seconds.filter(Number.isFinite).length} of ${seconds.length} |`;
}

async function flood(root: string): Promise<string> {
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
  return (
    `10,000 alerts in one step: decided in ${ms(began, decided)} ms, kept in ${ms(decided, kept)} ms; ` +
    `${stored} stored, ${desk.groups.size} groups, ${desk.outbox.size} notices\n`
  );
}

/** The table of kills, and what a flood of alerts costs. */
export async function alertsTable(count: number): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  try {
    mkdirSync(join(root, "flood"));
    const flooded = await flood(root);
    const rows = await kills(root, count);
    return [
      `### A target dies, a webhook hears of it, every ${values.interval} s`,
      "",
      "Budget: median ≤ 5.5 s, maximum ≤ 11 s. Everybody watches the same targets in one run; each dies once, at a moment of its own.",
      "",
      "| | median, s | maximum | minimum | heard |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
      "",
      flooded,
    ].join("\n");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) process.stdout.write(await alertsTable(Number(values.kills)));
