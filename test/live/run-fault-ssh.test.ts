// --inject-fault on a target of kind ssh, from the command line: the host itself removes the fault when the runner was killed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { answers, injected, SEE, seen, setting, type Setting } from "../kit/fault-run.ts";
import { sshdAlone } from "../kit/sshd.ts";
import { until } from "../kit/until.ts";
import { wb } from "../kit/wb.ts";
import { needs } from "./needs.ts";

/** The setting of a fault on a host behind a real sshd. */
async function behind(t: TestContext, script: string, fault: (dir: string, port: number) => string): Promise<Setting> {
  const { host, port, root, params } = await sshdAlone(t);
  const login = `host: ${host}, port: ${port}, user: ${String(params["user"])}, identity: ${root}/id, config: none`;
  return setting(t, script, fault, (dir) => `kind: ssh, ${login}, knownHosts: ${root}/known_hosts, directory: ${dir}`);
}

/** Kills the runner while its step looks at the fault. */
async function killed({ dir, begin }: Setting, saw: string): Promise<void> {
  const { child, said, ended } = begin();
  await until(() => existsSync(join(dir, "seen")) || child.exitCode !== null);
  child.kill("SIGKILL");
  await ended;
  assert.equal(seen({ dir } as Setting), saw, said.err);
}

/** The attempts of the fault that the host itself took away. */
const removed = ({ dir }: Setting): readonly string[] =>
  readdirSync(join(dir, "receipts"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("/removed"));

test("ssh: a process is stopped, the runner killed: the host lets it go on, and the run taken up again injects nothing twice", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const wait = 'cut -d " " -f 3 "/proc/$(cat victim.pid)/stat" >seen\nuntil test -e gate; do sleep 0.2; done';
  const one = await behind(t, wait, (dir) => `{ kind: stop, pidFile: ${dir}/victim.pid, limit: 8s }`);
  await killed(one, "T");
  await until(() => one.state() === "S", "the fault stayed");
  await until(() => removed(one).length === 1, "the host says that it removed it");
  assert.equal(await answers(one), "well");
  writeFileSync(join(one.dir, "gate"), "");
  const again = await wb(t, "runs", "resume", "last", "--by", "lin", "--no-ask", "--json", "--book", one.book);
  assert.equal(again.code, 3, `${again.err}\n${again.out}`);
  assert.match(again.out, /"id": "fault_injection",\s+"target": "here",\s+"state": "undone",\s+"attempts": 1/);
});

test("ssh: a port is refused, the runner killed: the host reaches it again, and no rule is left", async (t) => {
  if (!needs(t, "sshd", "ssh", "root", "iptables", "curl")) return;
  let tcp = 0;
  const one = await behind(t, `${SEE}\nuntil test -e gate; do sleep 0.2; done`, (_, port) => {
    tcp = port;
    return `{ kind: refuse, port: ${port}, limit: 6s }`;
  });
  await killed(one, "hit");
  await until(() => removed(one).length === 1, "the fault stayed");
  assert.equal(await answers(one), "well");
  for (const tool of ["iptables", "ip6tables"])
    assert.doesNotMatch(execFileSync(tool, ["-w", "5", "-S"], { encoding: "utf8" }), new RegExp(`--dport ${tcp} `));
  writeFileSync(join(one.dir, "gate"), "");
  const ended = await wb(
    t,
    "runs",
    "cancel",
    "last",
    "--by",
    "lin",
    "--reason",
    "over",
    "--no-ask",
    "--book",
    one.book,
  );
  assert.equal(ended.code, 3, ended.err);
});

test("ssh: a process is killed there while the step is done, and the evidence has it", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const look = 'if kill -0 "$(cat victim.pid)" 2>/dev/null; then echo well >seen; else echo hit >seen; fi';
  const one = await behind(t, look, (dir) => `{ kind: kill, pidFile: ${dir}/victim.pid }`);
  const done = await one.run();
  assert.equal(done.code, 0, `${done.err}\n${done.out}`);
  assert.deepEqual([seen(one), one.state(), injected(one)], ["hit", undefined, "ok"]);
});
