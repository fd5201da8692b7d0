// All tests: `./wb test [--only NAME] [FILE…]`: node:test over test/**, and beside them types, lint and format.
// --only NAME runs the files whose path contains NAME; --only chaos --kills N counts after N kills (test/chaos/main.ts).
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { run as tests } from "node:test";
import { dot, spec, tap } from "node:test/reporters";
import { parseArgs } from "node:util";
import counted from "./summary.ts";

process.chdir(join(import.meta.dirname, ".."));
const { values, positionals } = parseArgs({
  options: {
    only: { type: "string" },
    kills: { type: "string" },
    "at-once": { type: "string" },
    help: { type: "boolean", short: "h" },
    reporter: { type: "string", default: process.stdout.isTTY ? "spec" : "dot" },
  },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(
    "wb test [--only NAME] [--kills N] [--at-once N] [--reporter spec|dot|tap] [FILE…]\n" +
      "  all tests: test/**/*.test.ts, and beside them types, lint and format\n" +
      "  --only NAME   only the test files whose path contains NAME\n" +
      "  --only chaos --kills N   kill -9 the process N times while it drives runs, count on the targets what was done;\n" +
      "                exit 3 when a step was repeated or lost (the suite itself kills 20 times; a release 200)\n" +
      "  --at-once N   test files at one time; two more than there are cores, when nothing is said\n" +
      "  WATCHBOOK_REQUIRE=1 makes a missing component a failure instead of a skip\n",
  );
  process.exit(0);
}

if (values.kills !== undefined) {
  if (values.only !== "chaos") {
    process.stderr.write("wb: --kills goes with --only chaos.\n");
    process.exit(2);
  }
  const main = join("test", "chaos", "main.ts");
  const { status } = spawnSync(process.execPath, [main, "--kills", values.kills], { stdio: "inherit" });
  process.exit(status ?? 1);
}

if (!["spec", "dot", "tap"].includes(values.reporter)) {
  process.stderr.write("wb: --reporter takes spec, dot or tap.\n");
  process.exit(2);
}
/** Most of them wait as much as they compute. */
const atOnce = Number(values["at-once"] ?? Math.max(2, availableParallelism()) + 2);
if (!Number.isInteger(atOnce) || atOnce < 1) {
  process.stderr.write("wb: --at-once takes a whole number from 1.\n");
  process.exit(2);
}
async function bundle(): Promise<void> {
  process.stderr.write("wb: bundle …\n");
  const child = spawn(process.execPath, [join("scripts", "bundle.ts")], { stdio: "inherit" });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) process.exit(status ?? 1);
}

/** The example's packages, once and before the tests that use them side by side; says whether they are there. */
async function installExample(): Promise<boolean> {
  const example = join("examples", "silktalk");
  const lock = readFileSync(join(example, "package-lock.json"), "utf8");
  const mark = join(example, "node_modules", ".wb-installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return true;
  process.stderr.write(`wb: packages of ${example} …\n`);
  const child = spawn("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], {
    cwd: example,
    // An older npm on a newer Node warns of its own code.
    env: { ...process.env, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --disable-warning=DEP0169` },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [status] = (await once(child, "exit").catch(() => [null])) as [number | null];
  if (status === 0) writeFileSync(mark, lock);
  else if (process.env["WATCHBOOK_REQUIRE"] === "1") process.exit(status ?? 1);
  return status === 0;
}

const bin = (name: string): string => join("node_modules", ".bin", name);
const whole = values.only === undefined && positionals.length === 0;

/** One look at the whole source, silent but for what it finds. Gives that; nothing when all is well. */
async function look(what: string, command: string, args: readonly string[]): Promise<string> {
  // Go's runtime reads it from here. One thread each: the tests beside it measure time, too; and no tidying up of what is gone
  // after seconds, which takes a third of them, below a bound that they hardly reach.
  const env = { ...process.env, GOMAXPROCS: "1", GOGC: "off", GOMEMLIMIT: "2500MiB" };
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const [status] = (await once(child, "close")) as [number | null];
  const text = status === 0 ? "" : `\nwb: ${what} failed:\n${Buffer.concat(said).toString("utf8")}\n`;
  process.stderr.write(text);
  return text;
}

/** One after the other, while the tests wait more than they compute. Gives what they found. */
async function looks(example: boolean): Promise<string> {
  const all: readonly (readonly [string, string, readonly string[]])[] = [
    ["types", bin("tsc"), ["--noEmit"]],
    ["types of the console", bin("tsc"), ["-p", "console"]],
    ["lint", bin("oxlint"), ["--threads=1", ...(example ? [] : ["--ignore-pattern", "examples/**"])]],
    ...(example
      ? [["types of the example", bin("tsc"), ["--noEmit", "-p", join("examples", "silktalk")]] as const]
      : []),
    ["format", bin("oxfmt"), ["--threads=1", "--check"]],
  ];
  let found = "";
  for (const one of all) found += await look(...one);
  return found;
}

const [example] = whole ? await Promise.all([installExample(), bundle()]) : [false];
// All tests run what is packed and what the launcher starts; some of them, the source as it stands.
if (whole) {
  process.env["WATCHBOOK_TEST_MAIN"] = join(process.cwd(), "dist", "main.js");
}
const wanted = positionals.length > 0 ? positionals : globSync("test/**/*.test.ts").toSorted();
const files = wanted.filter((file) => values.only === undefined || file.includes(values.only));
if (files.length === 0) {
  process.stderr.write(`wb: no test file matches “${values.only}”; they lie in test/.\n`);
  process.exit(2);
}
/** What takes longest begins first: begun last, it would go on alone at the end. Much of it lies in folders below test/. */
const LONG = [
  /^test\/(?:watcher|targets-local-suite|lint-hostile|live\/silktalk)\./,
  /^test\/.*\//,
  /^test\/(?:checks-now|backup-archive|run-rollout|book-fuzz|cli-channel|steps-(?:driver|fault))\./,
];
const rank = (file: string): number => {
  const found = LONG.findIndex((name) => name.test(file));
  return found === -1 ? LONG.length : found;
};
const ordered = files.toSorted((one, other) => rank(one) - rank(other));
process.stderr.write(`wb: ${files.length} test files${whole ? ", and beside them types, lint and format" : ""} …\n`);
const looked = whole ? looks(example) : Promise.resolve("");
// Not `node --test`: that sorts its files. Whoever is a test itself may call this, too.
delete process.env["NODE_TEST_CONTEXT"];
const told = tests({
  files: ordered.map((file) => resolve(file)),
  concurrency: atOnce,
  timeout: 300_000,
  execArgv: ["near.ts", "ends.ts"].flatMap((name) => ["--import", join(import.meta.dirname, name)]),
});
// Until something was seen to hold, nothing has.
process.exitCode = 1;
let failed = false;
const refused = (): void => {
  failed = true;
  process.exitCode = 1;
};
told.on("test:pass", () => {
  if (!failed) process.exitCode = 0;
});
told.on("test:fail", ({ todo }) => (todo === undefined || todo === false ? refused() : undefined));
told.compose(counted).pipe(process.stderr);
const shown = values.reporter === "spec" ? told.compose(spec) : told.compose(values.reporter === "tap" ? tap : dot);
shown.pipe(process.stdout);
const found = await looked;
if (found !== "") {
  refused();
  // Once more at the end, where a cut log still shows it.
  told.on("end", () => void process.stderr.write(found));
}
