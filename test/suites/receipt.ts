import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { end, perform, recall } from "../../src/kinds/targets/receipt/receipt.ts";
import { folderOf } from "../../src/kinds/targets/receipt/folder.ts";
import { Leave } from "../../src/model/step.ts";
import { done, hooksOf, idOf, orderOf, place, type OpenTarget, type Place } from "../kit/attempts.ts";
import { processesWith, runs } from "../kit/processes.ts";
import { child, until } from "./child.ts";
import { markSuite } from "./marks.ts";

const never = new AbortController().signal;
const lines = (path: string): number => (existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0);
const folder = ({ state }: Place, number = 1): string => join(state, folderOf(idOf(number)));
const leaderOf = (at: Place): number => Number(readFileSync(join(folder(at), "leader"), "utf8").split(" ")[0]);

/** What a write under a receipt must do on every target. */
export function receiptSuite(name: string, open: OpenTarget): void {
  endingSuite(name, open);
  onceSuite(name, open);
  recallSuite(name, open);
  cancelSuite(name, open);
  markSuite(name, open);
}

function endingSuite(name: string, open: OpenTarget): void {
  test(`${name}: an attempt ends with its exit status, both outputs and what it gave out`, async (t) => {
    const { reach } = await place(t, open);
    const good = await done(reach, orderOf(`echo hello; echo oops >&2; echo "VERSION=1.2" >>"$WB_OUTPUT"`));
    assert.deepEqual([good.ending, good.code, good.out, good.err], ["ok", 0, "hello\n", "oops\n"]);
    assert.deepEqual(good.outputs, { VERSION: "1.2" });
    const bad = await done(reach, orderOf("echo before; exit 7", { id: idOf(2) }));
    assert.deepEqual([bad.ending, bad.code, bad.reason, bad.args], ["failed", 7, "exit-code", { code: 7 }]);
    const killed = await done(reach, orderOf("kill -9 $$", { id: idOf(3) }));
    assert.deepEqual([killed.ending, killed.code], ["failed", 137]);
  });

  test(`${name}: a command finds a clean environment, no input, and starts where it is told`, async (t) => {
    const { reach, directory } = await place(t, open);
    const script =
      'echo "[$A] $(pwd) $(umask) $(cat) ${LC_ALL-none} $(cut -d" " -f6 /proc/self/stat)"; trap "echo got" INT; kill -INT $$';
    const { out } = await done(reach, orderOf(script, { env: { A: "1" }, cwd: directory }));
    assert.match(out, new RegExp(`^\\[1\\] ${directory} 0077  none \\d+\ngot\n$`));
    const none = await done(reach, orderOf("true", { id: idOf(2), cwd: join(directory, "none") }));
    assert.deepEqual([none.ending, none.reason], ["failed", "no-directory"]);
    const tool = await done(reach, orderOf("true", { id: idOf(3), interpreter: ["no-such-shell"] }));
    assert.deepEqual([tool.ending, tool.reason, tool.args], ["failed", "tool-missing", { detail: "no-such-shell" }]);
  });

  test(`${name}: output beyond the cap is counted, not kept`, async (t) => {
    const at = await place(t, open);
    const ended = await done(at.reach, orderOf("head -c 3000000 /dev/zero; echo end >&2", { capBytes: 102_400 }));
    assert.deepEqual(
      [ended.ending, ended.out.length, ended.err, ended.args],
      ["ok", 102_400, "end\n", { more: 2_897_600 }],
    );
    assert.equal(readFileSync(join(folder(at), "out")).length, 102_400);
  });

  test(`${name}: bytes come as they are, and while the command runs`, async (t) => {
    const at = await place(t, open);
    const heard = { out: "", err: "" };
    const go = join(at.directory, "go");
    const script = String.raw`printf '\000\377\r\n\033[1m'; until [ -e "$GO" ]; do sleep 0.02; done; echo last`;
    const running = perform(at.reach, orderOf(script, { env: { GO: go } }), hooksOf(heard));
    await until("output while it runs", () => heard.out.length === 8);
    writeFileSync(go, "");
    assert.equal((await running).ending, "ok");
    assert.equal(heard.out, "\0\u00ff\r\n\u001b[1mlast\n");
  });

  test(`${name}: a service that a command leaves behind goes on`, async (t) => {
    const { reach, directory } = await place(t, open);
    const script = `setsid sleep 300 >/dev/null 2>&1 & echo $! >"$1/pid"`;
    const ended = await done(reach, orderOf(script.replaceAll("$1", directory)));
    assert.equal(ended.ending, "ok");
    const pid = Number(readFileSync(join(directory, "pid"), "utf8"));
    assert.deepEqual([await end(reach, idOf()).then((one) => one.ending), runs(pid)], ["ok", true]);
    process.kill(pid, "SIGKILL");
  });
}

function onceSuite(name: string, open: OpenTarget): void {
  test(`${name}: of many workers one begins an attempt, the others hear of it`, async (t) => {
    const { reach, directory } = await place(t, open);
    const order = orderOf(`echo x >>"${directory}/effect"; echo done`);
    const ends = await Promise.all(Array.from({ length: 6 }, () => done(reach, order)));
    assert.deepEqual(new Set(ends.map(({ ending, out }) => `${ending} ${out}`)), new Set(["ok done\n"]));
    assert.equal(lines(join(directory, "effect")), 1);
  });

  test(`${name}: who lets go leaves the command running; the next one attaches and hears all of it`, async (t) => {
    const at = await place(t, open);
    const [go, effect] = [join(at.directory, "go"), join(at.directory, "effect")];
    const order = orderOf(`echo one; echo x >>"${effect}"; until [ -e "${go}" ]; do sleep 0.02; done; echo two`);
    const leaving = new AbortController();
    const left = done(at.reach, order, leaving.signal);
    await until("it began", () => lines(effect) === 1);
    leaving.abort(new Leave());
    assert.deepEqual((await left).reason, "left-running");
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "running" });
    const attached = done(at.reach, order);
    writeFileSync(go, "");
    const ended = await attached;
    assert.deepEqual([ended.ending, ended.out, lines(effect)], ["ok", "one\ntwo\n", 1]);
    const again = { out: "", err: "" };
    await perform(at.reach, order, { ...hooksOf(again), seen: { out: 4, err: 0 } });
    assert.equal(again.out, "two\n");
  });

  test(`${name}: input that was cut short begins nothing`, async (t) => {
    const at = await place(t, open);
    const { BEGIN } = await import("../../src/kinds/targets/receipt/program.ts");
    const args = ["sh", "-c", BEGIN, "watchbook", folderOf(idOf()), "token", "-", "60", "1000", ".", "sh"];
    const { end: how } = await at.reach.exec(args, { stdin: `script='touch ${at.directory}/effect` });
    assert.deepEqual(how, { kind: "exit", code: 92 });
    assert.ok(!existsSync(folder(at)) && !existsSync(join(at.directory, "effect")));
  });

  test(`${name}: where no receipt can be made nothing begins`, async (t) => {
    const at = await place(t, open);
    writeFileSync(at.state, "a file, not a folder");
    const ended = await done(at.reach, orderOf(`touch "${at.directory}/effect"`));
    assert.deepEqual([ended.ending, ended.reason], ["failed", "receipt-not-created"]);
    assert.ok(!existsSync(join(at.directory, "effect")));
  });
}

function recallSuite(name: string, open: OpenTarget): void {
  test(`${name}: an attempt that had not begun when it was asked for never begins`, async (t) => {
    const at = await place(t, open);
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "absent" });
    const late = await done(at.reach, orderOf(`touch "${at.directory}/effect"`));
    assert.deepEqual([late.ending, late.reason], ["unreachable", "never-began"]);
    assert.ok(!existsSync(join(at.directory, "effect")));
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "absent" });
  });

  test(`${name}: an attempt that ended is told with its status`, async (t) => {
    const { reach } = await place(t, open);
    await done(reach, orderOf("echo A=1 >>$WB_OUTPUT; exit 3"));
    const found = await recall(reach, idOf(), never);
    assert.ok(found.state === "ended");
    // How long it took is the machine's business.
    const { ending, code, reason, args, outputs } = found.end;
    assert.deepEqual([ending, code, reason, args, outputs], ["failed", 3, "exit-code", { code: 3 }, { A: "1" }]);
  });

  test(`${name}: an attempt whose leader was killed, or whose target was started anew, is unknown`, async (t) => {
    const boot = { file: "" };
    const at = await place(t, open);
    const leaving = new AbortController();
    const left = done(at.reach, orderOf("sleep 300"), leaving.signal);
    await until("it began", () => existsSync(join(folder(at), "began")));
    boot.file = join(at.directory, "boot_id");
    writeFileSync(boot.file, "another-boot\n");
    const later = await open(t, { WATCHBOOK_STATE: at.state, WATCHBOOK_BOOT_ID: boot.file });
    assert.deepEqual(await recall(later, idOf(), never), { state: "unknown" });
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "running" });
    process.kill(leaderOf(at), "SIGKILL");
    const lost = await left;
    assert.deepEqual([lost.ending, lost.reason], ["unknown", "no-exit-status"]);
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "unknown" });
    assert.equal((await end(at.reach, idOf())).ending, "cancelled");
    await until("nothing is left", () => processesWith(`WATCHBOOK_ATTEMPT=${folder(at)}`).length === 0);
  });

  test(`${name}: a pid that was given out again is neither believed nor ended`, async (t) => {
    const at = await place(t, open);
    await done(at.reach, orderOf("true"));
    const { pid } = await child(t, "sleep", "300");
    const [, start, boot] = readFileSync(join(folder(at), "leader"), "utf8").split(" ");
    mkdirSync(folder(at, 2), { recursive: true });
    for (const file of ["began", "in-time", "ending"]) writeFileSync(join(folder(at, 2), file), " ".repeat(64));
    writeFileSync(join(folder(at, 2), "leader"), `${pid} ${start} ${boot}\n`);
    assert.deepEqual(await recall(at.reach, idOf(2), never), { state: "unknown" });
    assert.deepEqual([(await end(at.reach, idOf(2))).ending, runs(pid)], ["cancelled", true]);
  });
}

function cancelSuite(name: string, open: OpenTarget): void {
  test(`${name}: a cancel ends everything of the attempt, whatever it did to stay`, async (t) => {
    const at = await place(t, open);
    const stubborn = `trap "" TERM; sleep 301 & setsid sh -c 'trap "" TERM; sleep 302; sleep 303' & env -i sleep 304 &
      setsid sh -c 'env -i sleep 306 & kill -STOP $$; wait' & echo ready >"${at.directory}/ready"; while :; do sleep 305; done`;
    const stop = new AbortController();
    const running = done(at.reach, orderOf(stubborn), stop.signal);
    await until("it runs", () => existsSync(join(at.directory, "ready")) && processesWith(folder(at)).length >= 6);
    stop.abort();
    const ended = await running;
    assert.deepEqual([ended.ending, ended.reason], ["cancelled", "cancelled"]);
    await until("nothing is left", () => processesWith(folder(at)).length === 0);
    assert.deepEqual(await recall(at.reach, idOf(), never).then((found) => found.state), "ended");
  });

  test(`${name}: the limit ends a command as a time-out, also when nobody watches`, async (t) => {
    const at = await place(t, open);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 400);
    const watched = await done(at.reach, orderOf("sleep 300", { limitMs: 300 }), stop.signal);
    clearTimeout(timer);
    assert.deepEqual([watched.ending, watched.reason], ["timeout", "timeout"]);
    const leaving = new AbortController();
    const order = orderOf("setsid sleep 300 & sleep 300", { id: idOf(2), limitMs: 100 });
    const left = done(at.reach, order, leaving.signal);
    await until("it began", () => existsSync(join(folder(at, 2), "began")));
    leaving.abort(new Leave());
    await left;
    await until("its limit", () => existsSync(join(folder(at, 2), "exit")));
    const found = await recall(at.reach, idOf(2), never);
    assert.equal(found.state === "ended" && found.end.ending, "timeout");
    await until("nothing of it is left", () => processesWith(folder(at, 2)).length === 0);
  });

  test(`${name}: the limit holds also when the receipts are gone and nobody watches`, async (t) => {
    const at = await place(t, open);
    const leaving = new AbortController();
    const left = done(at.reach, orderOf("sleep 300", { limitMs: 1_500 }), leaving.signal);
    await until("it began", () => existsSync(join(folder(at), "began")));
    leaving.abort(new Leave());
    await left;
    rmSync(folder(at), { recursive: true });
    await until("its limit", () => processesWith(folder(at)).length === 0);
  });

  test(`${name}: an attempt that ended before it was cancelled keeps its end`, async (t) => {
    const at = await place(t, open);
    await done(at.reach, orderOf("exit 5"));
    appendFileSync(join(folder(at), "out"), "");
    assert.equal((await end(at.reach, idOf())).code, 5);
    assert.equal((await end(at.reach, idOf(9))).ending, "cancelled");
    assert.deepEqual(await recall(at.reach, idOf(9), never), { state: "absent" });
    assert.deepEqual(
      readdirSync(at.state).filter((one) => one.startsWith(".new")),
      [],
    );
  });
}
