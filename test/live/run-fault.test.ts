// --inject-fault from the command line to the evidence: real processes are hit, seen to be hit, and free again afterwards,
// whether the step ended well, failed, or the runner was killed.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folder } from "../kit/folder.ts";
import { writeTo } from "../kit/planning.ts";
import { until } from "../kit/until.ts";
import { home, start, wb, type Ended, type Started } from "../kit/wb.ts";
import { needs } from "./needs.ts";

/** A web server of its own that says its port and pid in files of this folder; a step of a runbook looks at it. */
const SERVER = `
const { writeFileSync } = require("node:fs");
const server = require("node:http").createServer((_, answer) => answer.end("well"));
server.listen(0, "127.0.0.1", () => {
  writeFileSync("port", String(server.address().port));
  writeFileSync("victim.pid", String(process.pid));
});`;

interface Setting {
  readonly dir: string;
  /** Process state (proc(5)) of the server; undefined when it is gone. */
  readonly state: () => string | undefined;
  readonly run: (...more: readonly string[]) => Ended | Promise<Ended>;
  readonly begin: (...more: readonly string[]) => Started;
  /** The evidence as its KEY=VALUE file has it. */
  readonly values: () => ReadonlyMap<string, string>;
  readonly env: string;
  readonly book: string;
}

/** A server that runs, and a book with a runbook whose one step is `script`, hit by `fault` before it. */
async function setting(t: TestContext, script: string, fault: (dir: string, port: number) => string): Promise<Setting> {
  const dir = folder(t);
  const victim = spawn(process.execPath, ["-e", SERVER], { cwd: dir, stdio: "ignore" });
  t.after(() => victim.kill("SIGKILL"));
  await until(() => existsSync(join(dir, "victim.pid")));
  const port = Number(readFileSync(join(dir, "port"), "utf8"));
  const book = join(dir, "book");
  const step = script.replaceAll("\n", "\n   ");
  writeTo(book, {
    "README.md": `# Manual\n\n## SOP-01 Deploy a new version\n\n1. Switch\n\n   \`\`\`bash {"name":"switch","wb-risk":"write"}\n   ${step}\n   \`\`\`\n`,
    "watchbook.yaml": `lang: en
zone: UTC
services: { web: { title: Web, environments: [test], automation: auto } }
environments: { test: { name: Test } }
targets:
  here: { kind: local, environment: test, directory: .., env: { WATCHBOOK_STATE: "${dir}/receipts" } }
runbooks:
  SOP-01:
    faults:
      hit: ${fault(dir, port)}
`,
  });
  const env = join(dir, "result.env");
  const words = ["run", "SOP-01", "--env", "test", "--inject-fault", "switch", "--execute", "--no-ask", "--book", book];
  return {
    dir,
    book,
    env,
    state: () => {
      try {
        return readFileSync(`/proc/${victim.pid}/stat`, "utf8").replace(/.*\) /s, "")[0];
      } catch {
        return undefined;
      }
    },
    run: (...more) => wb(t, ...words, "--output-file", env, ...more),
    begin: (...more) => start(t, [join(home, "src", "main.ts"), ...words, ...more]),
    values: () =>
      new Map(
        readFileSync(env, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
      ),
  };
}

/** What the step says it saw while the fault was there. */
const SEE =
  'if curl --silent --max-time 2 "http://127.0.0.1:$(cat port)/"; then echo well >seen; else echo hit >seen; fi';

const seen = ({ dir }: Setting): string => readFileSync(join(dir, "seen"), "utf8").trim();

const answers = ({ dir }: Setting): Promise<string> =>
  fetch(`http://127.0.0.1:${readFileSync(join(dir, "port"), "utf8")}/`).then((response) => response.text());

/** The step literally named so, and that it ended well. */
function injected({ values }: Setting): string | undefined {
  const found = [...values()].find(([key, value]) => /^STEP_\d+_NAME$/.test(key) && value === "fault_injection");
  return found && values().get(found[0].replace(/_NAME$/, "_STATUS"));
}

test("a stopped process: the step meets the fault, the evidence has it, and afterwards the process goes on", async (t) => {
  if (!needs(t, "curl")) return;
  const one = await setting(t, SEE, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 120s }`);
  const planned = await wb(
    t,
    "run",
    "SOP-01",
    "--env",
    "test",
    "--inject-fault",
    "switch",
    "--json",
    "--book",
    one.book,
  );
  assert.equal(planned.code, 0, planned.err);
  assert.match(planned.out, /"id": ?"fault_injection"/);
  assert.ok(["S", "R"].includes(one.state()!), "a plan touches nothing");
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.equal(seen(one), "hit");
  assert.equal(await answers(one), "well");
  assert.equal(injected(one), "ok");
  const shown = await wb(t, "runs", "show", "last", "--json", "--book", one.book);
  assert.match(shown.out, /"fault_injection"/);
  const verify = await wb(t, "evidence", "verify", one.env, "--require-fault-step", "--compat");
  assert.equal(verify.code, 0, `${verify.err}\n${verify.out}`);
});

test("a killed process is gone while the step is done", async (t) => {
  const look = 'if kill -0 "$(cat victim.pid)" 2>/dev/null; then echo well >seen; else echo hit >seen; fi';
  const one = await setting(t, look, (dir) => `{ kind: kill, pidFile: ${dir}/victim.pid }`);
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.deepEqual([seen(one), one.state(), injected(one)], ["hit", undefined, "ok"]);
});

test("a refused port refuses while the step is done, and is reached again afterwards", async (t) => {
  if (!needs(t, "root", "iptables", "curl")) return;
  const one = await setting(t, SEE, (_, port) => `{ kind: refuse, port: ${port}, limit: 60s }`);
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.deepEqual([seen(one), injected(one), await answers(one)], ["hit", "ok", "well"]);
});

test("a fault that does not bite fails the run before the step", async (t) => {
  const one = await setting(t, "touch seen", (dir) => `{ kind: stop, pidFile: ${dir}/nobody.pid }`);
  const done = await one.run();
  assert.equal(done.code, 3, `${done.err}\n${done.out}`);
  assert.equal(existsSync(join(one.dir, "seen")), false);
  assert.notEqual(injected(one), "ok");
  const verify = await wb(t, "evidence", "verify", one.env, "--require-fault-step");
  assert.notEqual(verify.code, 0);
});

test("the fault is removed although the step failed", async (t) => {
  if (!needs(t, "curl")) return;
  const one = await setting(t, `${SEE}\nexit 9`, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 120s }`);
  const done = await one.run();
  assert.equal(done.code, 3, `${done.err}\n${done.out}`);
  assert.equal(seen(one), "hit");
  assert.equal(await answers(one), "well");
});

test("watchbook is killed while the fault is there: the target removes it, and the run taken up again does not inject it twice", async (t) => {
  const wait = 'cut -d " " -f 3 "/proc/$(cat victim.pid)/stat" >seen\nuntil test -e gate; do sleep 0.2; done';
  const one = await setting(t, wait, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 15s }`);
  const { child, ended } = one.begin();
  await until(() => existsSync(join(one.dir, "seen")) && seen(one) !== "");
  child.kill("SIGKILL");
  await ended;
  assert.equal(seen(one), "T");
  await until(() => one.state() === "S", "the fault stayed");
  assert.equal(await answers(one), "well");
  writeFileSync(join(one.dir, "gate"), "");
  const again = await wb(t, "runs", "resume", "last", "--by", "lin", "--no-ask", "--json", "--book", one.book);
  // The timer was first: the step was not seen under the fault to its end, so that nothing is proven.
  assert.equal(again.code, 3, `${again.err}\n${again.out}`);
  assert.match(again.out, /"verdict": "inconclusive"/);
  assert.match(again.out, /"id": "fault_injection",\s+"target": "here",\s+"state": "undone",\s+"attempts": 1/);
  assert.equal(await answers(one), "well");
  const removed = readdirSync(join(one.dir, "receipts"), { recursive: true, encoding: "utf8" });
  assert.ok(
    removed.some((name) => name.endsWith("/removed")),
    removed.join("\n"),
  );
});
