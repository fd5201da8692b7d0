// The main job as a stranger does it: one command, a report, evidence, a page, and red where something broke.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { lives } from "../../examples/silktalk/src/node/lock.ts";
import { renumber } from "../../src/cli/demo/book.ts";
import { example, hasSilktalk } from "../kit/silktalk.ts";
import { MAIN, start, until, wb, type Started } from "../kit/wb.ts";

interface Told {
  readonly verdict: string;
  readonly report: string;
  readonly evidence: string;
  readonly book: string;
  readonly url?: string;
  readonly nodes: readonly { readonly name: string; readonly pid: number; readonly port: number }[];
}

const demo = (t: TestContext, dir: string, ...more: readonly string[]): Started =>
  start(t, [MAIN, "demo", "--json", "--lang", "en", "--dir", dir, ...more]);

/** A work directory whose nodes are ended before it is removed, whatever the test did. */
function workDirectory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-demo-"));
  t.after(() => {
    if (existsSync(join(dir, "nodes")))
      execFileSync(process.execPath, [join(example, "src", "stack.ts"), "down", "--dir", dir], { stdio: "ignore" });
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** Resolves with what a serving demo printed. */
async function serving(running: Started): Promise<Told> {
  await until("the demo serves", 120, () => running.said.out.endsWith("\n") || running.child.exitCode !== null);
  assert.equal(running.child.exitCode, null, running.said.err);
  const told = JSON.parse(running.said.out) as Told;
  assert.ok(told.url !== undefined, running.said.err + running.said.out);
  return told;
}

interface Status {
  readonly troubles: readonly { readonly kind: string; readonly level: string }[];
  readonly checks: Readonly<Record<string, unknown>>;
}
const status = async (t: TestContext, book: string): Promise<Status> =>
  JSON.parse((await wb(t, "status", "--json", "--book", book)).out) as Status;

/** The same from the daemon: a look that costs no process can be had often. */
const seen = async (url: string): Promise<Status> => (await (await fetch(`${url}/api/v1/status`)).json()) as Status;

const failing = (now: Status): number => now.troubles.filter(({ level }) => level === "error").length;

test("demo serves, refuses a second one, shows a stopped node, and ends everything on Ctrl-C", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const dir = workDirectory(t);
  const running = demo(t, dir, "--listen", "127.0.0.1:0");
  const told = await serving(running);
  assert.equal(told.verdict, "pass");
  assert.match(readFileSync(told.report, "utf8"), /All three nodes run and call themselves healthy/);
  assert.match(told.report, /5-reports\/inspections\/infra-daily-inspection-\d{8}\.md$/);
  const page = await fetch(told.url!);
  assert.equal(page.status, 200);

  const second = await demo(t, dir, "--once").ended;
  assert.equal(second.code, 2);
  assert.match(second.err, new RegExp(`process ${running.child.pid}`));

  const silk = (...words: readonly string[]) =>
    execFileSync(join(dir, "bin", words[0]!), words.slice(1), { encoding: "utf8", stdio: "pipe" });
  silk("silktalk-fault", "stop", "beta");
  // Three checks are about that node: its process, its health, its port.
  await until("exactly three checks are red", 45, async () => failing(await seen(told.url!)) === 3);
  assert.equal(failing(await status(t, told.book)), 3, "the command line says what the page does");
  silk("silktalk-undo", "stop", "beta");
  await until("nothing is red", 45, async () => failing(await seen(told.url!)) === 0);

  running.child.kill("SIGINT");
  assert.equal((await running.ended).code, 0);
  const pids = (JSON.parse(silk("silktalk-stack", "status")) as { nodes: { pid: number | null }[] }).nodes;
  assert.deepEqual(
    pids.map(({ pid }) => pid),
    [null, null, null],
  );
});

test("demo --once ends 0, its evidence verifies, and one flipped byte does not", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const dir = workDirectory(t);
  const { code, out, err } = await demo(t, dir, "--once").ended;
  assert.equal(code, 0, err);
  const told = JSON.parse(out) as Told;
  assert.ok(
    told.nodes.every(({ pid }) => !lives(pid)),
    "every node is ended",
  );
  assert.equal(execFileSync("git", ["-C", told.book, "log", "--format=%s"], { encoding: "utf8" }), "The manual\n");
  assert.equal((await wb(t, "evidence", "verify", told.evidence, "--book", told.book)).code, 0);
  const events = join(told.evidence, "events.jsonl");
  const written = readFileSync(events);
  written[200]! ^= 1;
  writeFileSync(events, written);
  assert.equal((await wb(t, "evidence", "verify", told.evidence, "--book", told.book)).code, 2);
});

test("a killed demo leaves nodes behind; the next one clears them up and keeps who they are", async (t) => {
  if (!(await hasSilktalk(t))) return;
  const dir = workDirectory(t);
  const running = demo(t, dir, "--listen", "127.0.0.1:0");
  const before = await serving(running);
  running.child.kill("SIGKILL");
  await running.ended;
  assert.ok(before.nodes.every(({ pid }) => lives(pid)));
  const idOf = (): string => readFileSync(join(dir, "nodes", "alpha", "identity.key"), "hex");
  const identity = idOf();
  const { code, out, err } = await demo(t, dir, "--once").ended;
  assert.equal(code, 0, err);
  const after = JSON.parse(out) as Told;
  assert.equal(after.verdict, "pass");
  assert.ok([...before.nodes, ...after.nodes].every(({ pid }) => !lives(pid)));
  assert.equal(idOf(), identity);
});

test("demo of an example that is not there names those that are", async (t) => {
  const { code, err } = await wb(t, "demo", "silktlak", "--once");
  assert.equal(code, 2);
  assert.match(err, /silktalk/);
});

test("ports change places in one pass, and only where they stand alone", () => {
  const numbers = new Map([
    [4001, 4002],
    [4002, 4003],
  ]);
  assert.equal(renumber("4001 4002 :4001/ 40011 1.4001 x4002", numbers), "4002 4003 :4002/ 40011 1.4001 x4002");
});
