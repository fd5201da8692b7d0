// CPU seconds per 1,000 runs of each check kind that needs nothing but this machine, beside a bare loop doing the same.
import { once } from "node:events";
import { readFileSync, statfsSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { checks } from "../src/kinds/checks/index.ts";
import { localTarget } from "../src/kinds/targets/local.ts";
import type { CheckContext } from "../src/model/check.ts";
import { systemClock } from "../src/model/time.ts";

interface Row {
  readonly kind: string;
  readonly params: unknown;
  readonly bare: () => unknown;
  readonly runs: number;
}

/** CPU seconds (user and system, this process) of `runs` calls, ten at a time. */
async function cpuOf(runs: number, work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < runs; at += 10) await Promise.all(Array.from({ length: 10 }, () => work()));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const rows = (port: number, file: string): readonly Row[] => [
  { kind: "memory", params: {}, runs: 500, bare: () => readFileSync("/proc/meminfo") },
  { kind: "disk", params: {}, runs: 500, bare: () => statfsSync("/") },
  { kind: "file", params: { path: file, maxAge: "1d" }, runs: 500, bare: () => readFileSync(file) },
  { kind: "connections", params: { port }, runs: 200, bare: () => readFileSync("/proc/net/tcp") },
  {
    kind: "tcp",
    params: { address: `127.0.0.1:${port}`, linger: 0 },
    runs: 500,
    bare: async () => {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.destroy();
    },
  },
  {
    kind: "http",
    params: { url: `http://127.0.0.1:${port}/`, json: { at: ".status", equals: "healthy" } },
    runs: 500,
    bare: async () => {
      const [answer] = await once(get(`http://127.0.0.1:${port}/`, { agent: false }), "response");
      for await (const part of answer) void part;
    },
  },
  {
    kind: "command",
    params: { argv: ["true"] },
    runs: 100,
    bare: () => once(spawn("true", { stdio: "ignore" }), "exit"),
  },
];

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "watchbook-bench-"));
  const file = join(directory, "file");
  writeFileSync(file, "x");
  // The server is a process of its own, so that its CPU is not counted.
  const code = `require("node:http").createServer((_, r) => r.end('{"status":"healthy"}')).listen(0, "127.0.0.1", function () { console.log(this.address().port) })`;
  const server = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  const reach = await localTarget.open("local", { path: [], env: {} });
  const context: CheckContext = {
    reach,
    clock: systemClock,
    signal: new AbortController().signal,
    history: [],
    secret: () => Promise.reject(new Error("no secrets here")),
  };
  console.log("| check | CPU s per 1,000 | bare loop | ratio |\n| --- | --- | --- | --- |");
  for (const { kind, params, runs, bare } of rows(Number(line.toString()), file)) {
    const check = checks.find((each) => each.kind === kind)!;
    const parsed = check.params.safeParse(params);
    if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
    const run = () => check.run(parsed.data, context);
    await cpuOf(50, run);
    const [ours, floor]: [number[], number[]] = [[], []];
    for (let round = 0; round < 3; round += 1) {
      ours.push((await cpuOf(runs, run)) * (1_000 / runs));
      floor.push((await cpuOf(runs, bare)) * (1_000 / runs));
    }
    const [mine, least] = [median(ours), median(floor)];
    console.log(`| ${kind} | ${mine.toFixed(3)} | ${least.toFixed(3)} | ${(mine / least).toFixed(1)} |`);
  }
  await reach[Symbol.asyncDispose]();
  server.kill();
  rmSync(directory, { recursive: true });
}

await main();
