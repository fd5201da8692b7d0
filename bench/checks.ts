// CPU seconds per 1,000 HTTP checks and resident memory, at a 10 s interval: the real daemon with a rule for every check, beside
// Prometheus + blackbox exporter and a bare undici loop: `node bench/checks.ts [--targets 500,2000] [--seconds 30]`.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { end, prometheus, watchbook } from "./peers/daemons.ts";
import { which } from "../test/live/needs.ts";
import { systemClock } from "../src/model/time.ts";

const INTERVAL = 10;
const root = join(import.meta.dirname, "..");

/** What one contender took. */
interface Taken {
  readonly name: string;
  readonly targets: number;
  readonly per1000: number;
  readonly rss: number;
  readonly checks: number;
  /** Seconds from its start until every target had been asked, and CPU seconds until then. */
  readonly allAfter: number;
  readonly startCpu: number;
}

interface Contender {
  readonly name: string;
  /** Starts its processes; they are ended by the caller. */
  start(urls: readonly string[], folder: string): Promise<readonly ChildProcess[]>;
}

const quiet = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] };

const ours: Contender = {
  name: "watchbook serve, samples and a rule each",
  start: (urls, folder) => {
    const checks = urls.map((url, n) => `  c${n}: { kind: http, title: c${n}, params: { url: "${url}" } }`);
    const rules = urls.map((_, n) => `  r${n}: { check: c${n}, severity: P1 }`);
    const head = ["title: bench", `interval: ${INTERVAL}s`, "severities: { P1: { scale: alert } }"];
    return watchbook(folder, `${[...head, "checks:", ...checks, "rules:", ...rules].join("\n")}\n`);
  },
};

const bare: Contender = {
  name: "floor: a bare undici loop",
  start: (urls, folder) => {
    writeFileSync(join(folder, "urls.json"), JSON.stringify(urls));
    const args = [join(root, "bench/peers/undici-loop.ts"), join(folder, "urls.json"), String(INTERVAL)];
    return Promise.resolve([spawn(process.execPath, args, quiet)]);
  },
};

const theirs: Contender = {
  name: "Prometheus + blackbox exporter",
  start: (urls, folder) => {
    const global = `scrape_interval: ${INTERVAL}s, scrape_timeout: 6s, evaluation_interval: 5s`;
    return prometheus(folder, { urls, global, hold: "0s" });
  },
};

/** CPU seconds (user and system) of a process that runs. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
/** Resident bytes of it: now, not at its worst. */
const rssOf = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** A server of its own that counts what it is asked. */
async function target(): Promise<{ readonly port: number; readonly process: ChildProcess; seen(): Promise<Seen> }> {
  const child = spawn(process.execPath, [join(root, "bench/peers/target.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line.toString());
  return {
    port,
    process: child,
    seen: async () => (await (await fetch(`http://127.0.0.1:${port}/seen`)).json()) as Seen,
  };
}
interface Seen {
  readonly asked: number;
  readonly different: number;
}

async function measure(contender: Contender, targets: number, seconds: number, folder: string): Promise<Taken> {
  mkdirSync(folder);
  const server = await target();
  const urls = Array.from({ length: targets }, (_, n) => `http://127.0.0.1:${server.port}/t/${n}`);
  const began = systemClock.monotonic();
  const passed = (): number => Number(systemClock.monotonic() - began) / 1e9;
  const processes = await contender.start(urls, folder);
  try {
    while ((await server.seen()).different < targets) {
      if (passed() > 300) throw new Error(`${contender.name} asked ${(await server.seen()).different} of ${targets}`);
      await systemClock.sleep(100);
    }
    const [allAfter, startCpu] = [passed(), sum(processes.map(cpuOf))];
    // Past what a start costs.
    await systemClock.sleep(INTERVAL * 1_500);
    const [before, cpu] = [(await server.seen()).asked, sum(processes.map(cpuOf))];
    await systemClock.sleep(seconds * 1_000);
    const [after, used] = [(await server.seen()).asked, sum(processes.map(cpuOf)) - cpu];
    const checks = after - before;
    return {
      name: contender.name,
      targets,
      per1000: (used / checks) * 1_000,
      rss: sum(processes.map(rssOf)),
      checks,
      allAfter,
      startCpu,
    };
  } finally {
    await end([...processes, server.process]);
  }
}

const rowOf = ({ name, targets, per1000, rss, checks, allAfter, startCpu }: Taken): string =>
  `| ${targets} | ${name} | ${per1000.toFixed(2)} | ${(rss / 2 ** 20).toFixed(0)} | ${checks} | ${allAfter.toFixed(1)} | ${startCpu.toFixed(1)} |`;

/** Said at once: what was measured is not lost when the next one breaks off. */
function told(row: string): string {
  process.stderr.write(`${row}\n`);
  return row;
}

/** The table, each contender in turn. */
export async function checksTable(counts: readonly number[], seconds: number): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  const peers = which("prometheus") && which("prometheus-blackbox-exporter") ? [theirs] : [];
  const rows: string[] = [];
  try {
    for (const count of counts)
      for (const [n, contender] of [ours, ...peers, bare].entries())
        rows.push(told(rowOf(await measure(contender, count, seconds, join(work, `${count}-${n}`)))));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return [
    `### HTTP checks, every ${INTERVAL} s, ${seconds} s each in turn`,
    "",
    "Budget: ≤ 0.7 CPU s per 1,000 checks, ≤ 150 MB at 2,000 targets. A target is a path of one server on loopback; a check is counted by it.",
    "",
    "| targets | | CPU s per 1,000 | RSS, MB | checks | s until all were asked | CPU s until then |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { targets: { type: "string", default: "500,2000" }, seconds: { type: "string", default: "30" } },
  });
  process.stdout.write(await checksTable(values.targets.split(",").map(Number), Number(values.seconds)));
}
