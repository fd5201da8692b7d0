import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { sshTarget } from "../../src/kinds/targets/ssh.ts";
import { enrol } from "../../src/kinds/targets/ssh/enrol.ts";
import { perform } from "../../src/kinds/targets/receipt/receipt.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { ReachError, type Reach } from "../../src/model/target.ts";
import { done, hooksOf, orderOf, place } from "../kit/attempts.ts";
import { processesWith, runs } from "../kit/processes.ts";
import { reachOf, sessionsOf, sshd, type Sshd } from "../kit/sshd.ts";
import { until } from "../suites/child.ts";
import { needs } from "./needs.ts";

const DRIVERS = ["openssh", "ssh2"] as const;
const refusedWith = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;
const unreachable = (said: RegExp) => (error: unknown) =>
  error instanceof ReachError && error.reason === "unreachable" && said.test(error.message);

const paramsOf = (server: Sshd, more: Record<string, unknown> = {}) => {
  const parsed = sshTarget.params.safeParse({ ...server.params, ...more });
  assert.ok(parsed.success);
  return parsed.data;
};

/** A server, or nothing where there is no sshd. */
const server = async (t: TestContext, extra: readonly string[] = []): Promise<Sshd | undefined> =>
  needs(t, "sshd", "ssh") ? sshd(t, { extra }) : undefined;

const answers = async (reach: Reach): Promise<void> =>
  assert.deepEqual((await reach.exec(["echo", "here"])).out, "here\n");

for (const driver of DRIVERS) {
  test(`${driver}: a host that nobody confirmed is refused with the command that enrols it`, async (t) => {
    const host = await server(t);
    if (!host) return;
    writeFileSync(join(host.root, "known_hosts"), "");
    const reach = await reachOf(t, host, { driver });
    await assert.rejects(reach.exec(["true"]), refusedWith("HOST-KEY-UNKNOWN"));
    await assert.rejects(reach.read("/etc/passwd"), refusedWith("HOST-KEY-UNKNOWN"));
    rmSync(join(host.root, "known_hosts"));
    await assert.rejects(reach.exec(["true"]), refusedWith("HOST-KEY-UNKNOWN"));
    const enrolment = await enrol("web", paramsOf(host), host.root);
    assert.ok(!existsSync(join(host.root, "known_hosts")), "nothing is written before somebody has compared");
    assert.deepEqual(
      enrolment.keys.map(({ type, state }) => [type, state]),
      [["ssh-ed25519", "unknown"]],
    );
    assert.match(enrolment.keys[0]!.fingerprint, /^SHA256:[\w+/]{43}$/);
    await enrolment.confirm();
    await answers(reach);
    assert.equal((await enrol("web", paramsOf(host), host.root)).keys[0]!.state, "known");
  });

  test(`${driver}: another host key stops everything, and is not enrolled over`, async (t) => {
    const host = await server(t);
    if (!host) return;
    await host.again(true);
    const reach = await reachOf(t, host, { driver });
    const effect = join(host.root, "effect");
    await assert.rejects(reach.exec(["touch", effect]), refusedWith("HOST-KEY-CHANGED"));
    assert.ok(!existsSync(effect));
    const enrolment = await enrol("web", paramsOf(host), host.root);
    assert.equal(enrolment.keys[0]!.state, "changed");
    await assert.rejects(enrolment.confirm(), refusedWith("HOST-KEY-CHANGED"));
    await assert.rejects(done(reach, orderOf(`touch "${effect}"`)), refusedWith("HOST-KEY-CHANGED"));
  });

  test(`${driver}: a login that is refused, and a host that is not there, are unreachable`, async (t) => {
    const host = await server(t);
    if (!host) return;
    writeFileSync(join(host.root, "authorized_keys"), "");
    const reach = await reachOf(t, host, { driver });
    await assert.rejects(reach.exec(["true"]), unreachable(/Permission denied|authentication/i));
    await host.stop();
    await assert.rejects(reach.exec(["true"]), unreachable(/refused/i));
    const ended = await done(reach, orderOf("true"));
    assert.deepEqual([ended.ending, ended.reason], ["unreachable", "unreachable"]);
    await assert.rejects(enrol("web", paramsOf(host), host.root), refusedWith("HOST-KEY-NONE"));
  });

  test(`${driver}: a host that hangs costs the time-out of each command, and is found again`, async (t) => {
    const host = await server(t);
    if (!host) return;
    const reach = await reachOf(t, host, { driver });
    await answers(reach);
    const sessions = sessionsOf(host);
    assert.ok(sessions.length > 0);
    for (const pid of sessions) process.kill(pid, "SIGSTOP");
    t.after(() => sessions.filter(runs).forEach((pid) => process.kill(pid, "SIGKILL")));
    assert.deepEqual((await reach.exec(["true"], { timeoutMs: 300 })).end, { kind: "timeout", ms: 300 });
    for (const pid of sessions) process.kill(pid, "SIGKILL");
    await until(
      "it is found again",
      async () => (await reach.exec(["true"]).catch(() => undefined))?.end.kind === "exit",
    );
  });

  test(`${driver}: a connection that is cut under a write is made again; the command runs on, once`, async (t) => {
    const host = await server(t);
    if (!host) return;
    const at = await place(t, (t, env) => reachOf(t, host, { driver, env }));
    const [go, effect] = [join(at.directory, "go"), join(at.directory, "effect")];
    const heard = { out: "", err: "" };
    const order = orderOf(`echo one; echo x >>"${effect}"; until [ -e "${go}" ]; do sleep 0.05; done; echo two`);
    const running = perform(at.reach, order, hooksOf(heard));
    await until("it began", () => heard.out === "one\n");
    for (const pid of sessionsOf(host)) process.kill(pid, "SIGKILL");
    await until("it attached again", () => sessionsOf(host).length > 0);
    writeFileSync(go, "");
    const { ending } = await running;
    assert.deepEqual([ending, heard.out, readFileSync(effect, "utf8")], ["ok", "one\ntwo\n", "x\n"]);
  });

  test(`${driver}: a server that is started anew under a read says the connection was lost`, async (t) => {
    const host = await server(t);
    if (!host) return;
    const reach = await reachOf(t, host, { driver });
    const tag = `lost-${driver}-${process.pid}`;
    const running = reach.exec(["sh", "-c", `: ${tag}; sleep 300; :`], { timeoutMs: 60_000 });
    await until("it runs", () => processesWith(tag).length >= 2);
    for (const pid of sessionsOf(host)) process.kill(pid, "SIGKILL");
    await assert.rejects(running, (error) => error instanceof ReachError && error.name === "Lost");
    await until("its processes have ended", () => processesWith(tag).length === 0);
    await answers(reach);
  });

  test(`${driver}: a login shell that talks spoils no answer; a shell that refuses says why`, async (t) => {
    const host = await server(t);
    if (!host) return;
    const line = readFileSync(join(host.root, "authorized_keys"), "utf8");
    const talk = 'command="echo Welcome; echo Mind the step >&2; eval \\"$SSH_ORIGINAL_COMMAND\\"; echo Bye" ';
    writeFileSync(join(host.root, "authorized_keys"), talk + line);
    const reach = await reachOf(t, host, { driver });
    const told = await reach.exec(["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.deepEqual(told, { end: { kind: "exit", code: 3 }, out: "out\n", err: "err\n", truncated: false });
    assert.equal(new TextDecoder().decode(await reach.read("/proc/sys/kernel/ostype")), "Linux\n");
    writeFileSync(join(host.root, "authorized_keys"), `command="echo This account is not available; exit 1" ${line}`);
    const denied = await reachOf(t, host, { driver });
    await assert.rejects(
      denied.exec(["true"]),
      (error) => error instanceof ReachError && error.reason === "other" && /not available/.test(error.message),
    );
  });

  test(`${driver}: a server that allows one command at a time gets one at a time`, { timeout: 120_000 }, async (t) => {
    const host = await server(t, ["MaxSessions 10"]);
    if (!host) return;
    const reach = await reachOf(t, host, { driver });
    const many = await Promise.all(
      Array.from({ length: 30 }, (_, at) => reach.exec(["echo", String(at)], { timeoutMs: 60_000 })),
    );
    assert.deepEqual(
      many.map(({ out }) => out.trim()),
      many.map((_, at) => String(at)),
    );
  });
}
