// The verb `evidence` in this process, in a book of its own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { run } from "../../src/cli/dispatch.ts";
import type { World } from "../../src/cli/verb.ts";
import { registry } from "../../src/kinds/registry.ts";
import { systemClock } from "../../src/model/time.ts";
import { record, recorder } from "./evidence.ts";
import { folder } from "./folder.ts";
import { home } from "./wb.ts";

/** The command line in this process: same code as main.ts, without the second it takes to start. */
export async function callIn(cwd: string, ...args: string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") =>
    Object.assign(new PassThrough(), { write: (text: string) => (written[name] += text) !== "" });
  const world = {
    cwd,
    env: { ...(process.env["PATH"] !== undefined && { PATH: process.env["PATH"] }) },
    stdin: process.stdin,
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    clock: systemClock,
    signal: new AbortController().signal,
    version: "0.1.0",
    home,
    registry: () => Promise.resolve(registry),
  } as unknown as World;
  const status = await run(["evidence", ...args, "--lang", "en"], world);
  return { status, ...written };
}

/** A book whose data directory has the given runs; gives a function that calls the verb in it. */
export async function evidenceBook(t: TestContext, ...runs: Parameters<typeof record>[2][]) {
  const root = folder(t);
  writeFileSync(join(root, "watchbook.yaml"), "title: t\n");
  const to = recorder(join(root, ".watchbook"));
  const places = [];
  for (const [n, run] of runs.entries()) places.push(await record(to, `run-${n + 1}`, run));
  const call = (...args: string[]) => callIn(root, ...args);
  return { root, to, places, call };
}
