import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ReachError, type Reach } from "../../src/model/target.ts";

/** Makes a Reach for one test, and a directory on its target that can also be written from here. */
export type OpenReach = (t: TestContext) => Promise<{ readonly reach: Reach; readonly directory: string }>;

const reason = (wanted: ReachError["reason"]) => (error: unknown) =>
  error instanceof ReachError && error.reason === wanted;

/** Whether a process still runs: a zombie that nobody collects has ended. */
async function alive(reach: Reach, pid: string): Promise<boolean> {
  const stat = await reach.read(`/proc/${pid}/stat`).catch(() => undefined);
  return stat !== undefined && !/\) [ZX] /.test(new TextDecoder().decode(stat));
}

async function untilGone(reach: Reach, pid: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (!(await alive(reach, pid))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`process ${pid} is still there`);
}

/** A shell line that leaves two pids behind: its own, and that of a child. */
const FAMILY = `sleep 300 & echo $! > "$1/child"; echo $$ > "$1/parent"; `;

async function written(reach: Reach, path: string): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const text = await reach
      .read(path)
      .then((bytes) => new TextDecoder().decode(bytes).trim())
      .catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail(`${path} was not written`);
}

/** What every Reach must do (model/target.ts). */
export function reachSuite(name: string, open: OpenReach): void {
  execSuite(name, open);
  endSuite(name, open);
  fileSuite(name, open);
}

function execSuite(name: string, open: OpenReach): void {
  test(`${name}: exec gives code, output and errors apart`, async (t) => {
    const { reach } = await open(t);
    const got = await reach.exec(["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.deepEqual(got, { end: { kind: "exit", code: 3 }, out: "out\n", err: "err\n", truncated: false });
  });

  test(`${name}: argv meets no shell`, async (t) => {
    const { reach, directory } = await open(t);
    const nasty = ["$(id)", "; touch x", "a b", "'q'", '"', "\\", "*", "中文", "", "-n", "line\nend"];
    const { out } = await reach.exec(["printf", "[%s]", ...nasty], { cwd: directory });
    assert.equal(out, nasty.map((each) => `[${each}]`).join(""));
    assert.deepEqual(await reach.list(directory), []);
  });

  test(`${name}: a program that is not there, may not run, or cannot be named says so`, async (t) => {
    const { reach, directory } = await open(t);
    writeFileSync(join(directory, "plain"), "text", { mode: 0o644 });
    const missing = await reach.exec(["no-such-program-here"]);
    assert.equal(missing.end.kind === "spawn" && missing.end.reason, "not-found");
    const plain = await reach.exec([join(directory, "plain")]);
    assert.equal(plain.end.kind === "spawn" && plain.end.reason, "no-permission");
    for (const argv of [[""], ["echo", "a\0b"], []])
      assert.equal((await reach.exec(argv)).end.kind, "spawn", JSON.stringify(argv));
  });

  test(`${name}: LC_ALL is C, stdin is closed unless given`, async (t) => {
    const { reach } = await open(t);
    assert.equal((await reach.exec(["sh", "-c", 'echo "$LC_ALL"'], { env: { LC_ALL: "zh_CN.UTF-8" } })).out, "C\n");
    assert.equal((await reach.exec(["cat"])).out, "");
    assert.equal((await reach.exec(["cat"], { stdin: "hello 你好" })).out, "hello 你好");
    const unread = await reach.exec(["true"], { stdin: "x".repeat(1_000_000) });
    assert.deepEqual(unread.end, { kind: "exit", code: 0 });
  });

  test(`${name}: output is bounded, and the command still ends by itself`, async (t) => {
    const { reach } = await open(t);
    const flood = await reach.exec(["sh", "-c", "head -c 5000000 /dev/zero; echo e >&2; exit 4"], { maxBytes: 1_000 });
    assert.deepEqual(flood.end, { kind: "exit", code: 4 });
    assert.deepEqual([flood.out.length, flood.err, flood.truncated], [1_000, "e\n", true]);
  });
}

function endSuite(name: string, open: OpenReach): void {
  test(`${name}: at the time limit the command and its children end`, async (t) => {
    const { reach, directory } = await open(t);
    const { end } = await reach.exec(["sh", "-c", `${FAMILY} wait`, "sh", directory], { timeoutMs: 1_500 });
    assert.deepEqual(end, { kind: "timeout", ms: 1_500 });
    for (const who of ["child", "parent"]) await untilGone(reach, await written(reach, join(directory, who)));
  });

  test(`${name}: a command that ignores TERM is killed`, async (t) => {
    const { reach, directory } = await open(t);
    const line = `trap "" TERM; ${FAMILY} while :; do sleep 300; done`;
    const { end } = await reach.exec(["sh", "-c", line, "sh", directory], { timeoutMs: 1_500 });
    assert.equal(end.kind, "timeout");
    for (const who of ["child", "parent"]) await untilGone(reach, await written(reach, join(directory, who)));
  });

  test(`${name}: an abort ends the command and its children, also one with a session of its own`, async (t) => {
    const { reach, directory } = await open(t);
    const stop = new AbortController();
    const line = 'setsid sh -c \'echo $$ > "$1/escaped"; exec sleep 300\' sh "$1" & wait; sleep 300';
    const running = reach.exec(["sh", "-c", line, "sh", directory], { signal: stop.signal, timeoutMs: 60_000 });
    const escaped = await written(reach, join(directory, "escaped"));
    stop.abort();
    assert.deepEqual((await running).end, { kind: "aborted" });
    await untilGone(reach, escaped);
    assert.deepEqual((await reach.exec(["true"], { signal: stop.signal })).end, { kind: "aborted" });
  });

  test(`${name}: a child left in the background neither holds the command up nor outlives it`, async (t) => {
    const { reach, directory } = await open(t);
    const { end, out } = await reach.exec(["sh", "-c", `${FAMILY} echo done`, "sh", directory], { timeoutMs: 30_000 });
    assert.deepEqual([end, out], [{ kind: "exit", code: 0 }, "done\n"]);
    await untilGone(reach, await written(reach, join(directory, "child")));
  });

  test(`${name}: a command ended by a signal says which`, async (t) => {
    const { reach } = await open(t);
    assert.deepEqual((await reach.exec(["sh", "-c", "kill -9 $$"])).end, { kind: "signal", signal: "SIGKILL" });
  });

  test(`${name}: closing ends what runs`, async (t) => {
    const { reach, directory } = await open(t);
    const running = reach.exec(["sh", "-c", `${FAMILY} wait`, "sh", directory], { timeoutMs: 60_000 });
    const child = await written(reach, join(directory, "child"));
    assert.ok(await alive(reach, child));
    await reach[Symbol.asyncDispose]();
    assert.deepEqual((await running).end, { kind: "aborted" });
    await untilGone(reach, child);
  });
}

function fileSuite(name: string, open: OpenReach): void {
  test(`${name}: read gives a file, a range, and no more than asked`, async (t) => {
    const { reach, directory } = await open(t);
    const path = join(directory, "big 文件");
    writeFileSync(path, "0123456789".repeat(200_000));
    assert.equal((await reach.read(path)).length, 1_048_576);
    assert.equal(new TextDecoder().decode(await reach.read(path, { offset: 13, length: 4 })), "3456");
    assert.equal((await reach.read(path, { offset: 1_999_995, length: 50 })).length, 5);
    assert.equal((await reach.read(path, { offset: 0, length: 1_999_999 })).length, 1_999_999);
    assert.match(new TextDecoder().decode(await reach.read("/proc/self/stat")), /^\d+ \(/);
  });

  test(`${name}: stat follows links and tells kinds apart`, async (t) => {
    const { reach, directory } = await open(t);
    writeFileSync(join(directory, "file"), "12345", { mode: 0o640 });
    mkdirSync(join(directory, "sub"));
    symlinkSync("file", join(directory, "link"));
    symlinkSync("nothing", join(directory, "dangling"));
    const [file, link] = [await reach.stat(join(directory, "file")), await reach.stat(join(directory, "link"))];
    assert.deepEqual([file.kind, file.size, file.mode, file.uid], ["file", 5, 0o640, process.getuid!()]);
    assert.deepEqual(link, file);
    assert.equal((await reach.stat(join(directory, "sub"))).kind, "directory");
    assert.equal((await reach.stat(join(directory, "dangling"))).kind, "symlink");
    assert.deepEqual(await reach.list(directory), ["dangling", "file", "link", "sub"]);
  });

  test(`${name}: what is not there, or is not a directory, is absent`, async (t) => {
    const { reach, directory } = await open(t);
    writeFileSync(join(directory, "file"), "");
    const gone = join(directory, "gone");
    await assert.rejects(reach.read(gone), reason("absent"));
    await assert.rejects(reach.stat(gone), reason("absent"));
    await assert.rejects(reach.list(gone), reason("absent"));
    await assert.rejects(reach.space(gone), reason("absent"));
    await assert.rejects(reach.list(join(directory, "file")), reason("absent"));
    await assert.rejects(reach.read(directory), reason("other"));
  });

  test(`${name}: a pipe nobody writes to does not hold a reader`, async (t) => {
    const { reach, directory } = await open(t);
    const pipe = join(directory, "pipe");
    assert.equal((await reach.exec(["mkfifo", pipe])).end.kind, "exit");
    await assert.rejects(reach.read(pipe), reason("other"));
  });

  test(`${name}: space is what df shows`, async (t) => {
    const { reach, directory } = await open(t);
    const space = await reach.space(directory);
    const { out } = await reach.exec(["df", "-B1", "--output=size,avail", directory]);
    const [size, available] = out.split("\n")[1]!.trim().split(/\s+/).map(Number);
    assert.equal(space.size, size);
    // Others write to the disk between the two looks.
    assert.ok(Math.abs(space.available - available!) <= 0.01 * size!, `${space.available} ${available}`);
  });
}
