// A book with drills of its own, and a web server that they hit.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cli } from "./cli.ts";
import { folder } from "./folder.ts";
import { writeTo } from "./planning.ts";
import { until } from "./until.ts";
import { signal } from "./signal.ts";

/** A web server that says its port and pid in files of this folder; given a port, it takes that. */
const SERVER = `
const { writeFileSync } = require("node:fs");
const server = require("node:http").createServer((_, answer) => answer.end("well"));
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  writeFileSync("port", String(server.address().port));
  writeFileSync("server.pid", String(process.pid));
});`;

/** Kills the process that a pid file names: whoever a drill has started anew has no parent of ours. */
function killed(file: string): void {
  if (existsSync(file)) signal([Number(readFileSync(file, "utf8"))]);
}

/** A folder whose programs end before it goes. */
export function home(t: TestContext): {
  readonly dir: string;
  readonly start: (name: string, program: string) => void;
} {
  const names: string[] = [];
  const place: { dir?: string } = {};
  t.after(() => {
    for (const name of names) killed(join(place.dir!, `${name}.pid`));
  });
  const dir = (place.dir = folder(t));
  return {
    dir,
    start: (name, program) => {
      names.push(name);
      writeFileSync(join(dir, `${name}.cjs`), program);
      spawn(process.execPath, [`${name}.cjs`], { cwd: dir, stdio: "ignore" }).unref();
    },
  };
}

/** `yaml` comes behind services, environments (`test`), targets (`here`) and the check `up` of the server. */
export async function drillSite(t: TestContext, yaml: (dir: string) => string, readme = "# Manual\n") {
  const { dir, start } = home(t);
  start("server", SERVER);
  await until(() => existsSync(join(dir, "server.pid")));
  const port = Number(readFileSync(join(dir, "port"), "utf8"));
  const book = join(dir, "book");
  writeTo(book, {
    "README.md": readme,
    "watchbook.yaml": `lang: en
zone: UTC
services: { web: { title: Web, environments: [test], automation: auto } }
environments: { test: { protected: false } }
targets: { here: { kind: local, directory: .., environment: test, env: { WATCHBOOK_STATE: "${dir}/receipts" } } }
${yaml(dir).replaceAll("PORT", String(port))}`,
  });
  const wb = async (...args: string[]) => {
    const { code, out, err } = await cli(t, [...args, "--json"], book);
    return { code, err, json: out === "" ? {} : JSON.parse(out) };
  };
  const env = (evidence: string): ReadonlyMap<string, string> =>
    new Map(
      readFileSync(join(evidence, "result.env"), "utf8")
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const),
    );
  return { dir, book, wb, env, port, start };
}
