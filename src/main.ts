// The only place where everything is wired: nothing below touches process, and the engine knows no kind.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./cli/dispatch.ts";
import { resolveNear } from "./cli/near.ts";
import { calledAs } from "./i18n/program.ts";
import type { World } from "./cli/verb.ts";
import type { Registry } from "./model/registry.ts";
import { systemClock } from "./model/time.ts";

// Not imported: see cli/dispatch.ts.
const { readFileSync } = process.getBuiltinModule("node:fs");
const home = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(`${home}/package.json`, "utf8")) as { version: string };

resolveNear(new URL(".", import.meta.url).href);

// A daemon lives long: V8 keeps its heap small for it, and what is young in 1 MB, at thousands of checks for half the memory and
// no more time. Before anything else is loaded, and only for the V8 with which it was measured: another may not know the words.
if (process.argv[2] === "serve" && process.versions.v8.startsWith("13.")) {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of ["--memory-saver-mode", "--semi-space-growth-factor=1"]) setFlagsFromString(flag);
}

let registered: Promise<Registry> | undefined;
const registry = (): Promise<Registry> =>
  (registered ??= import("./kinds/registry.ts").then((kinds) => kinds.registry));

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
  // Opened when a verb asks: most never read from it.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  signal: interrupted.signal,
  version,
  home,
  registry,
};

// The launchers pass how they were called: commands in sentences can then be typed as they stand.
calledAs(process.env["WATCHBOOK_PROGRAM"] || "watchbook", world.cwd);
process.exitCode = await run(process.argv.slice(2), world);
