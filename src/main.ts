// The only place where everything is wired: nothing below touches process, and the engine knows no kind.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { run } from "./cli/run.ts";
import type { World } from "./cli/verb.ts";
import type { Registry } from "./model/registry.ts";
import { systemClock } from "./model/time.ts";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(`${home}/package.json`, "utf8")) as { version: string };

let registered: Promise<Registry> | undefined;
const registry = (): Promise<Registry> =>
  (registered ??= (async () => {
    const [{ checks }, { targets }] = await Promise.all([
      import("./kinds/checks/index.ts"),
      import("./kinds/targets/index.ts"),
    ]);
    return {
      checks: new Map(checks.map((kind) => [kind.kind, kind])),
      targets: new Map(targets.map((kind) => [kind.kind, kind])),
    };
  })());

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort(signal));

// Whoever reads our output may stop reading (`| head`): the verb goes on, and its exit code stays its own.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  signal: interrupted.signal,
  version,
  home,
  registry,
};

process.exitCode = await run(process.argv.slice(2), world);
