// A file of a target, installed in one move, and brought back.
import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { sweep } from "../src/kinds/targets/receipt/receipt.ts";
import type { StepContext } from "../src/model/step.ts";
import { bound } from "./kit/bound.ts";
import { done, given, place, said, type Place } from "./suites/step-context.ts";

interface Bench {
  readonly here: Place;
  readonly path: string;
  readonly install: (
    params: object,
    attempt?: Partial<StepContext["attempt"]>,
    over?: Partial<StepContext>,
  ) => ReturnType<typeof done>;
  /** As the undo of the step does it. */
  readonly back: (params?: object) => ReturnType<typeof done>;
  readonly read: () => string;
  readonly mode: () => string;
}

async function bench(t: TestContext): Promise<Bench> {
  const here = await place(t);
  const path = join(here.root, "app.conf");
  return {
    here,
    path,
    install: (params, attempt = {}, over = {}) => done("file", { path, ...params }, here.context(over, attempt)),
    back: (params = {}) => done("file", { path, restore: true, ...params }, here.context({}, { purpose: "undo" })),
    read: () => readFileSync(path, "utf8"),
    mode: () => (statSync(path).mode & 0o7777).toString(8),
  };
}

test("a file is replaced in one move, its difference shown, its permissions kept or set, nothing left beside it", async (t) => {
  const { here, path, install, read, mode } = await bench(t);
  writeFileSync(path, "port 1\n", { mode: 0o644 });
  chmodSync(path, 0o644);
  const before = statSync(path).ino;
  const end = await install({ content: "port 2\n" });
  assert.equal(said(end), "ok");
  assert.equal(end.outputs?.["CHANGED"], "yes");
  assert.equal(read(), "port 2\n");
  assert.notEqual(statSync(path).ino, before);
  assert.equal(mode(), "644");
  assert.match(here.printed(), /^-port 1$/m);
  assert.match(here.printed(), /^\+port 2$/m);
  await install({ content: "port 2\n", mode: "0640" }, { number: 2 });
  assert.equal(mode(), "640");
  assert.deepEqual(readdirSync(here.root).toSorted(), [".receipts", "app.conf", "kept"]);
});

test("what was there outlives the run: its copy stays when the receipts are swept", async (t) => {
  const { here, path, install, read } = await bench(t);
  writeFileSync(path, "first\n", { mode: 0o600 });
  const { outputs } = await install({ content: "second\n" });
  const backup = outputs!["BACKUP"]!;
  assert.equal(await sweep(here.reach, "run-1"), true);
  assert.deepEqual(readdirSync(join(here.root, ".receipts")), []);
  assert.deepEqual([read(), readFileSync(backup, "utf8")], ["second\n", "first\n"]);
  assert.equal(statSync(backup).mode & 0o777, 0o600);
});

test("what is already so is left alone and says so", async (t) => {
  const { path, install } = await bench(t);
  writeFileSync(path, "same\n", { mode: 0o644 });
  chmodSync(path, 0o644);
  const before = statSync(path);
  const end = await install({ content: "same\n", mode: "0644" });
  assert.equal(said(end), "ok file-unchanged");
  assert.equal(end.outputs?.["CHANGED"], "no");
  assert.equal(statSync(path).ino, before.ino);
});

test("the undo brings back content and permissions of before the first attempt, or removes what was not there", async (t) => {
  const { path, install, back, read, mode } = await bench(t);
  writeFileSync(path, "first\n");
  chmodSync(path, 0o600);
  await install({ content: "second\n", mode: "0644" });
  await install({ content: "third\n", mode: "0644" }, { number: 2 });
  assert.equal(said(await back()), "ok file-restored");
  assert.deepEqual([read(), mode()], ["first\n", "600"]);
  const other = await bench(t);
  await other.install({ content: "new\n" });
  assert.equal(said(await other.back()), "ok file-removed");
  assert.throws(() => lstatSync(other.path));
});

test("an undo of what changed nothing changes nothing, and one without a backup fails loudly", async (t) => {
  const { path, install, back, read } = await bench(t);
  writeFileSync(path, "as it was\n");
  assert.equal(said(await back()), "ok file-untouched");
  const bare = await bench(t);
  writeFileSync(bare.path, "one\n");
  await bare.install({ content: "two\n", backup: false });
  assert.equal(said(await bare.back()), "failed file-no-backup");
  assert.deepEqual([read(), bare.read()], ["as it was\n", "two\n"]);
  assert.equal(said(await install({ restore: true })), "failed restore-is-undo");
});

test("links, folders, missing parents and what is no file are refused; a link is followed when it is asked for", async (t) => {
  const { here, path, install } = await bench(t);
  writeFileSync(join(here.root, "real"), "old\n");
  symlinkSync(join(here.root, "real"), path);
  assert.equal(said(await install({ content: "x" })), "failed file-is-link");
  assert.equal(said(await install({ content: "new\n", follow: true }, { number: 2 })), "ok");
  assert.equal(here.text("real"), "new\n");
  assert.ok(lstatSync(path).isSymbolicLink());
  mkdirSync(join(here.root, "dir"));
  const at = (to: string, number: number) => install({ path: join(here.root, to), content: "x" }, { number });
  assert.equal(said(await at("dir", 3)), "failed file-not-regular");
  assert.equal(said(await at("none/x", 4)), "failed file-parent-missing");
});

test("content may be any bytes of a file of the book, and values stand in it as text", async (t) => {
  const { here, path, install } = await bench(t);
  const odd = "line\n'quote' \"double\" `id` $(id) \\ WB_CONTENT\nWB_CONTENT\n中文 no end";
  const plan = bound(here.root, { "conf/app.tpl": odd });
  assert.equal(said(await install({ from: "conf/app.tpl" }, {}, { plan })), "ok");
  assert.equal(readFileSync(path, "utf8"), odd);
  const env = { A: "${B} $(touch x) \\ & | '", B: "never" };
  await install({ content: "a=${A}; b=${B}; c=$C", fill: ["A"] }, { number: 2 }, { env });
  assert.equal(readFileSync(path, "utf8"), `a=${env.A}; b=\${B}; c=$C`);
  const large = { content: "${A}", fill: ["A"] };
  assert.equal(said(await install(large, { number: 3 }, { env: { A: "x".repeat(80_000) } })), "failed file-fill-large");
  assert.equal(said(await install(large, { number: 4 })), "failed value-missing");
});

test("a difference is not shown where not everybody may read the file, unless it is asked for", async (t) => {
  const { here, install } = await bench(t);
  await install({ content: "key = hidden1\n", mode: "0600" });
  assert.doesNotMatch(here.printed(), /hidden1/);
  await install({ content: "key = hidden2\n", mode: "0600", diff: true }, { number: 2 });
  assert.match(here.printed(), /hidden2/);
});

test("owner and group are set where that is permitted, and a refusal changes nothing", async (t) => {
  const { path, install, read } = await bench(t);
  writeFileSync(path, "old\n");
  const nobody = await install({ content: "new\n", owner: "no-such-user" });
  assert.equal(said(nobody), "failed file-not-owned");
  assert.equal(read(), "old\n");
  const own = `${process.getuid?.()}`;
  assert.equal(
    said(await install({ content: "new\n", owner: own, group: process.getgid?.() ?? 0 }, { number: 2 })),
    "ok",
  );
  const { kind, params } = given("file", { path, content: "new\n", owner: "app", group: "www", mode: "0640" });
  assert.equal(kind.view(params).command, `install ${path} (0640 app:www)\nnew\n`);
});
