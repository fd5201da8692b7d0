// A TypeScript function of the book, in a process of its own.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { bound } from "./kit/bound.ts";
import { done, place, recalled, said } from "./suites/step-context.ts";

const MODULE = `
import { readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { label } from "./words.ts";

type Given = { args: Record<string, any>; env: Record<string, string>; target: string };

/** A schema as zod gives it. */
export const params = {
  safeParse: (given: Record<string, unknown>) =>
    given.count === undefined || typeof given.count === "number"
      ? { success: true, data: { count: 1, ...given } }
      : { success: false, error: { issues: [{ path: ["count"], message: "must be a number" }] } },
};

export default ({ args, env, target }: Given) => ({
  ok: true,
  outputs: { TEXT: label(target) + " " + args.count + " " + args.version, NAMES: Object.keys(env).join(",") },
});
export const no = () => ({ ok: false, reason: "the queue is not empty" });
export const throws = async () => { throw new Error("broken\\nhere"); };
export const nothing = () => undefined;
export const forge = () => ({ ok: false, reason: "x", outputs: { A: "1\\nWB_REASON=fine", WB_REASON: "fine" } });
export const write = ({ args }: Given) => { writeFileSync(args.path, "x"); return { ok: true }; };
export const read = ({ args }: Given) => { readFileSync(args.path); return { ok: true }; };
export const run = () => { const { status, error } = spawnSync("true"); if (error) throw error; return { ok: status === 0 }; };
`;

async function bench(t: TestContext) {
  const here = await place(t);
  const plan = bound(here.root, {
    "ops/queue.ts": MODULE,
    "ops/words.ts": "export const label = (name: string): string => `on ${name}`;",
  });
  let number = 0;
  const context = (env = {}) => here.context({ plan, env }, { number: (number += 1) });
  const call = (name: string, more: object = {}, env = {}) =>
    done("function", { module: "ops/queue.ts", files: ["ops/words.ts"], name, ...more }, context(env));
  return { here, call, context };
}

test("it gets checked arguments, the values it names and its target, and gives outputs", async (t) => {
  const { call } = await bench(t);
  const more = { args: { version: { value: "V" } }, env: ["V"] };
  const end = await call("default", more, { V: "'1'; $(id)", OTHER: "x" });
  assert.equal(said(end), "ok");
  assert.deepEqual(end.outputs, { TEXT: "on here 1 '1'; $(id)", NAMES: "V" });
  const wrong = await call("default", { args: { count: "many" } });
  assert.deepEqual([said(wrong), wrong.args?.["detail"]], ["failed function-args", "count: must be a number"]);
});

test("no, an error and a wrong answer are failures with their words; nothing is forged by an output", async (t) => {
  const { call } = await bench(t);
  const no = await call("no");
  assert.deepEqual([said(no), no.args?.["detail"]], ["failed function-refused", "the queue is not empty"]);
  const threw = await call("throws");
  assert.deepEqual([said(threw), threw.args?.["detail"]], ["failed function-threw", "broken here"]);
  assert.equal(said(await call("nothing")), "failed function-answer");
  assert.equal(said(await call("absent")), "failed function-none");
  assert.equal(said(await call("forge")), "failed function-refused");
});

test("it may write, read and run nothing that the step does not allow", async (t) => {
  const { here, call } = await bench(t);
  const path = join(here.root, "written");
  const args = { path };
  assert.equal(said(await call("write", { args })), "failed function-threw");
  assert.ok(!existsSync(path));
  assert.equal(said(await call("write", { args, allow: { write: [here.root] } })), "ok");
  assert.ok(existsSync(path));
  assert.equal(said(await call("read", { args: { path: "/etc/passwd" } })), "failed function-threw");
  assert.equal(said(await call("read", { args: { path: "/etc/passwd" }, allow: { read: ["/etc/passwd"] } })), "ok");
  assert.equal(said(await call("no", { files: [] })), "failed function-threw", "an import that the plan does not bind");
  assert.equal(said(await call("run")), "failed function-threw");
  assert.equal(said(await call("run", { allow: { run: true } })), "ok");
});

test("a module that is another one than was planned is not called; a receipt tells how a call ended", async (t) => {
  const { here, call, context } = await bench(t);
  const params = { module: "ops/queue.ts", files: ["ops/words.ts"], name: "no" };
  const one = context();
  await done("function", params, one);
  const found = await recalled("function", params, one);
  assert.ok(found.state === "ended");
  assert.equal(said(found.end), "failed function-refused");
  writeFileSync(join(here.root, "ops/queue.ts"), "export const no = () => ({ ok: true });");
  assert.equal(said(await call("no")), "failed book-file-changed");
});
