// The gateway's command: gateway [--site DIR] VERB …; DIR is where it stands by default. Facts come as JSON.
import { hash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure, told } from "./failure.ts";
import { countedOnce } from "./command/counted.ts";
import { awaitLink, freshFiles, noteEvent } from "./command/link.ts";
import { judgeLoad, startLoad, stopLoad } from "./command/load.ts";
import { missingFrom, sendOrders } from "./command/orders.ts";
import { preflight } from "./command/preflight.ts";
import { report } from "./command/report.ts";
import { dropFromWal, lookAtWal, tearEnd } from "./command/wal.ts";
import type { FrontConfig, FrontState } from "./frontd.ts";
import { ask } from "./site/ask.ts";
import { readConfig, readJson } from "./site/config.ts";
import type { Health } from "./site/health.ts";
import { end, launch, lives, pidOf, until } from "./site/process.ts";
import { back, deploy, discard, previousOf, use, versionOf } from "./site/releases.ts";

const OPTIONS = {
  site: { type: "string", default: "." },
  expect: { type: "string" },
  role: { type: "string" },
  within: { type: "string", default: "0" },
  config: { type: "string", default: "gateway.json" },
  env: { type: "string", default: "" },
  count: { type: "string", default: "1" },
  prefix: { type: "string", default: "order" },
  acked: { type: "string" },
  since: { type: "string" },
  previous: { type: "boolean", default: false },
  back: { type: "boolean", default: false },
  json: { type: "string", default: "report.json" },
  output: { type: "string" },
  as: { type: "string", multiple: true },
  rate: { type: "string", default: "400" },
  connections: { type: "string", default: "4" },
  seconds: { type: "string", default: "120" },
  floor: { type: "string", default: "100" },
  ledger: { type: "string", default: "load.ledger" },
  front: { type: "string", default: "." },
} as const;

const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
// A program is known by the folder in its command line: the same one whichever way leads there.
const site = existsSync(values.site) ? realpathSync(values.site) : resolve(values.site);
const [verb = "", word = ""] = positionals;

/** Values for the steps that follow: NAME=value lines; `--as failover-seconds` is FAILOVER_SECONDS. */
function give(value: string | number): Readonly<Record<string, string | number>> {
  const names = (values.as ?? ["value"]).map((name) => name.toUpperCase().replaceAll("-", "_"));
  if (values.output !== undefined) appendFileSync(values.output, names.map((name) => `${name}=${value}\n`).join(""));
  return Object.fromEntries(names.map((name) => [name, value]));
}

const port = (): number => readConfig(site).health;
const health = (): Promise<Health> => ask<Health>(port(), "/health");

/** The state that is asked for, within its time: version, role, and not unhealthy. */
async function healthy(): Promise<Health> {
  let last: Health | Failure | undefined;
  const holds = async (): Promise<boolean> => {
    try {
      last = await health();
      const { version, role, status } = last;
      return (
        status !== "unhealthy" &&
        (values.expect === undefined || version === values.expect) &&
        (values.role === undefined || role === values.role)
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      last = error;
      return false;
    }
  };
  await until(holds, Number(values.within), "time").catch(() => {
    const found = last instanceof Failure ? { reason: last.code, ...last.facts } : { ...last };
    throw new Failure("not-as-expected", { expect: values.expect, role: values.role, found });
  });
  return last as Health;
}

/** Starts what does not run, and waits until it answers; what ends at once is told with the end of its log. */
async function up(program: "gateway" | "front", answers: () => Promise<unknown>): Promise<object> {
  const running = pidOf(site, program);
  if (running !== undefined) return { running: true, pid: running };
  const pid = launch(site, program);
  const isUp = async (): Promise<boolean> => {
    if (!lives(pid)) throw new Failure("ended-at-once", { log: join(site, `${program}.log`) });
    return answers().then(
      () => true,
      (error: unknown) => {
        if (error instanceof Failure) return false;
        throw error;
      },
    );
  };
  await until(isUp, 15, "does-not-answer");
  return { started: true, pid };
}

async function restart(): Promise<object> {
  const version = values.previous ? previousOf(site) : word;
  if (version === undefined) throw new Failure("no-previous-release", { site }, 2);
  if (values.previous || values.back) back(site, version);
  else use(site, version);
  await end(site, "gateway");
  return { ...(await up("gateway", health)), version };
}

async function front(): Promise<unknown> {
  const door = (readJson(join(site, "front.json")) as FrontConfig).control;
  const state = (): Promise<FrontState> => ask<FrontState>(door, "/state");
  if (word === "up") return up("front", state);
  if (word === "down") return { ended: (await end(site, "front")) ?? null };
  if (word === "on" || word === "off" || word === "slow") await ask(door, `/${word}`, "POST");
  else if (word !== "state") throw new Failure("word-unknown", { word, known: "up down on off slow state" }, 2);
  return state();
}

/** Ends it outright and proves that nobody takes orders there any more: what a dead host would look like. */
async function fence(): Promise<object> {
  const pid = await end(site, "gateway", true);
  const answer = await health().catch((error: unknown) => error);
  if (!(answer instanceof Failure)) throw new Failure("still-answers", { site });
  return { fenced: true, pid: pid ?? null };
}

async function order(): Promise<object> {
  const ids = Array.from({ length: Number(values.count) }, (_, index) => `${values.prefix}-${index + 1}`);
  const { acked, first } = await sendOrders(readConfig(site).entry, ids, Number(values.within) || 10, values.acked);
  if (values.since === undefined) return { acked: acked.length };
  const nanoseconds = first - BigInt(values.since);
  if (nanoseconds < 0n) throw new Failure("clock", { since: values.since });
  // Rounded up: a duration is never flattered.
  const seconds = Number((nanoseconds + 999_999n) / 1_000_000n) / 1_000;
  return { acked: acked.length, ...give(seconds) };
}

async function missing(): Promise<object> {
  if (values.acked === undefined) throw new Failure("option-missing", { option: "acked" }, 2);
  const { ids } = await ask<{ ids: readonly string[] }>(port(), "/ids");
  const lost = missingFrom(values.acked, ids);
  return {
    missing: lost.length,
    first: lost[0] ?? null,
    ...give(lost.length),
  };
}

async function load(): Promise<object> {
  const { prefix, ledger, rate, connections, seconds, since, floor, within, output } = values;
  const asked = { rate: Number(rate), connections: Number(connections), seconds: Number(seconds) };
  if (word === "start") return startLoad(site, { prefix, ledger: resolve(ledger), ...asked });
  if (word === "stop") return stopLoad(site);
  if (word !== "judge") throw new Failure("word-unknown", { word, known: "start judge stop" }, 2);
  if (since === undefined) throw new Failure("option-missing", { option: "since" }, 2);
  const told = await judgeLoad(site, BigInt(since), Number(within) || 30, Number(floor));
  if (output !== undefined) appendFileSync(output, told.map(([name, value]) => `${name}=${value}\n`).join(""));
  return Object.fromEntries(told);
}

function wal(): object {
  if (word === "look" || word === "") return lookAtWal(site);
  if (word === "drop") return dropFromWal(site, positionals[2] ?? "");
  if (word === "tear") return tearEnd(site);
  throw new Failure("word-unknown", { word, known: "look drop tear" }, 2);
}

const post = (route: string): Promise<unknown> => ask(port(), route, "POST");

const VERBS: Readonly<Record<string, () => unknown>> = {
  up: async () => {
    if (values.role !== undefined) writeFileSync(join(site, "role"), `${values.role}\n`);
    if (versionOf(site) === undefined) {
      deploy(site, word || "1.0.0");
      use(site, word || "1.0.0");
    }
    return up("gateway", health);
  },
  down: async () => ({ ended: (await end(site, "gateway")) ?? null }),
  status: health,
  health: healthy,
  version: () => give(versionOf(site) ?? "none"),
  preflight: () => preflight(resolve(values.config), values.env),
  deploy: () => (deploy(site, word), { deployed: word }),
  discard: () => ({ discarded: discard(site, word) ? word : null }),
  restart,
  open: () => post("/open"),
  close: () => post("/close"),
  replication: () => post(word === "pause" ? "/pause" : "/resume"),
  promote: () => post("/promote"),
  fence,
  front,
  order,
  missing,
  load,
  counted: () => countedOnce(site, resolve(values.front), Number(values.within) || 30),
  wal,
  link: () => {
    const seconds = Number(values.within) || 30;
    return word === "fresh" ? freshFiles(site, seconds) : awaitLink(site, word, seconds);
  },
  event: () => noteEvent(site, word, positionals[2] ?? ""),
  digest: () => give(hash("sha256", readFileSync(resolve(word)), "hex")),
  mark: () => give(String(process.hrtime.bigint())),
  report: () => report("sites", values.env, resolve(values.json)),
};

await told(async () => {
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!run) throw new Failure("verb-unknown", { verb, known: Object.keys(VERBS).join(" ") }, 2);
  return run();
});
