import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { localTarget } from "../src/kinds/targets/local.ts";
import { assignments } from "../src/kinds/targets/receipt/assign.ts";
import { Frames, outputsOf } from "../src/kinds/targets/receipt/frames.ts";
import { perform } from "../src/kinds/targets/receipt/receipt.ts";
import { WatchbookError } from "../src/model/error.ts";
import type { Reach } from "../src/model/target.ts";
import { directoryOf, done, hooksOf, idOf, orderOf } from "./kit/attempts.ts";
import { allArguments } from "./kit/processes.ts";
import { needs, which, type Component } from "./live/needs.ts";
import { until } from "./suites/child.ts";

async function local(t: TestContext, directory: string, params: Record<string, unknown> = {}): Promise<Reach> {
  const env = { WATCHBOOK_STATE: join(directory, "receipts"), ...(params["env"] as object) };
  const parsed = localTarget.params.safeParse({ ...params, env });
  assert.ok(parsed.success);
  const reach = await localTarget.open("web", parsed.data, "/");
  t.after(() => reach[Symbol.asyncDispose]());
  return reach;
}

/** Values that would do something if any shell read them, and any others without NUL. */
const hostile = fc.oneof(
  fc.constantFrom(
    "$(touch X)",
    "`touch X`",
    "'; touch X; '",
    '"; rm -rf /',
    "\n: end\n",
    "'\\''",
    "-n",
    "*",
    "~",
    "\r",
    "\u0081中\u{1f600}",
  ),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => text.replaceAll("\0", "")),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "\n", "`", "(", ")", " ", "!", "é"), maxLength: 80 }),
);

test("receipts: values reach the command as they are, whatever they hold", { timeout: 120_000 }, async (t) => {
  const directory = directoryOf(t);
  const reach = await local(t, directory);
  let number = 0;
  const property = fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 6 }), async (values) => {
    number += 1;
    const env = Object.fromEntries(values.map((value, at) => [`dir${at === 0 ? "" : at}`, value]));
    const script = Object.keys(env)
      .map((name) => `printf '%s\\n--\\n' "$${name}"\n`)
      .join("");
    const order = orderOf(script, { id: idOf(number), env, cwd: directory });
    const { ending, out } = await done(reach, order);
    assert.equal(ending, "ok");
    assert.equal(
      Buffer.from(out, "latin1").toString("utf8"),
      values.map((value) => `${value.toWellFormed()}\n--\n`).join(""),
    );
    assert.ok(!existsSync(join(directory, "X")));
  });
  await fc.assert(property, { numRuns: 20 });
});

test("receipts: a large value passes; what no program could be given, or a shell would read as code, is refused", async (t) => {
  const reach = await local(t, directoryOf(t));
  const large = "'\n$(id)".repeat(15_000);
  const { out } = await done(reach, orderOf('printf %s "$LARGE" | cksum', { env: { LARGE: large } }));
  const { out: expected } = await reach.exec(["cksum"], { stdin: large });
  assert.equal(out, expected);
  const refused: readonly (readonly [Record<string, string>, string])[] = [
    [{ A: "a\0b" }, "VARIABLE-NUL"],
    [{ "A B": "" }, "VARIABLE-NAME"],
    [{ "A=$(id)": "" }, "VARIABLE-NAME"],
    [{ BASH_ENV: "/tmp/x" }, "VARIABLE-RESERVED"],
    [{ WATCHBOOK_ATTEMPT: "x" }, "VARIABLE-RESERVED"],
    [{ A: "x".repeat(140_000) }, "VARIABLE-LONG"],
  ];
  for (const [env, code] of refused)
    assert.throws(
      () => assignments(env),
      (error) => error instanceof WatchbookError && error.code === code,
    );
  await assert.rejects(perform(reach, orderOf("true\0", { id: idOf(2) }), hooksOf()), WatchbookError);
});

test("receipts: a secret stands in no arguments and on no disk", async (t) => {
  const directory = directoryOf(t);
  const reach = await local(t, directory);
  const [secret, go] = ["hunter2-41f0", join(directory, "go")];
  const heard = { out: "", err: "" };
  const script = `echo begun; until [ -e "$GO" ]; do sleep 0.02; done; [ "$SECRET" = hunter2""-41f0 ]`;
  const running = perform(reach, orderOf(script, { env: { SECRET: secret, GO: go } }), hooksOf(heard));
  await until("it runs", () => heard.out === "begun\n");
  assert.ok(!allArguments().includes(secret));
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      assert.ok(!readFileSync(join(entry.parentPath, entry.name), "latin1").includes(secret), entry.name);
  await reach.exec(["touch", go]);
  assert.equal((await running).ending, "ok");
});

const TOOLS = "awk grep head tail wc tee mkfifo mv sync timeout cat sleep mkdir rm id tr env touch rmdir find sh";

/** A folder of tools that is the whole PATH of a target. */
function tools(directory: string, from: (tool: string) => string | undefined, more: readonly string[]): string {
  const bin = join(directory, "bin");
  mkdirSync(bin);
  for (const tool of [...TOOLS.split(" "), ...more]) {
    const path = from(tool);
    if (path) symlinkSync(path, join(bin, tool));
  }
  return bin;
}

const MACHINES: readonly (readonly [string, Component | undefined, (directory: string) => string])[] = [
  ["sh is bash", "bash", (at) => tools(at, (tool) => which(tool === "sh" ? "bash" : tool), ["setsid"])],
  [
    "sh is mksh, whose printf is a program",
    "mksh",
    (at) => tools(at, (tool) => which(tool === "sh" ? "mksh" : tool), ["setsid", "printf"]),
  ],
  ["busybox alone", "busybox", (at) => tools(at, () => which("busybox"), ["setsid"])],
  ["no setsid, but perl", "perl", (at) => tools(at, which, ["perl"])],
  ["no setsid, but bash", "bash", (at) => tools(at, which, ["bash"])],
];

for (const [title, program, bin] of MACHINES)
  test(`receipts: they work where ${title}`, async (t) => {
    if (program !== undefined && !needs(t, program)) return;
    const directory = directoryOf(t);
    const reach = await local(t, directory, { env: { PATH: bin(directory) } });
    const order = orderOf('echo "$A"; echo no >&2; echo B=2 >>"$WB_OUTPUT"; exit 4', { env: { A: "it's $(id)\n中" } });
    const { ending, code, out, err, outputs } = await done(reach, order);
    assert.deepEqual(
      [ending, code, Buffer.from(out, "latin1").toString(), err, outputs],
      ["failed", 4, "it's $(id)\n中\n", "no\n", { B: "2" }],
    );
    const stop = new AbortController();
    const heard = { out: "", err: "" };
    const stubborn = orderOf('trap "" TERM; echo up; sleep 300 & while :; do sleep 301; done', { id: idOf(2) });
    const running = perform(reach, stubborn, hooksOf(heard, stop.signal));
    await until("it runs", () => heard.out === "up\n");
    stop.abort();
    const end = await running;
    assert.equal(end.ending, "cancelled", JSON.stringify(end));
  });

test("receipts: without a way to a session of its own nothing begins", async (t) => {
  const directory = directoryOf(t);
  const reach = await local(t, directory, { env: { PATH: tools(directory, which, []) } });
  const { ending, reason, args } = await done(reach, orderOf("true"));
  assert.deepEqual([ending, reason, args], ["failed", "tool-missing", { detail: "setsid" }]);
});

test("receipts: frames are read however they are cut, and past whatever a login shell says", () => {
  const text = Buffer.from(
    "Welcome!\nTOK out 5\na\nTOK\nTOK err 2\n\0\xff\nnoise TOK\nTOK end ended 3 exit 12 0 8\nA=1\nB\nC\n",
    "latin1",
  );
  const property = fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
    const heard = { out: "", err: "" };
    const frames = new Frames("TOK", (chunk, stream) => (heard[stream] += Buffer.from(chunk).toString("latin1")));
    const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    for (let index = 1; index < at.length; index += 1) frames.push(text.subarray(at[index - 1], at[index]));
    assert.deepEqual(heard, { out: "a\nTOK", err: "\0\xff" });
    const outputs = { A: "1\nB\nC" };
    assert.deepEqual(frames.trailer, { state: "ended", code: 3, cause: "exit", more: 12, left: 0, outputs });
  });
  fc.assert(property);
  const cut = new Frames("TOK", () => assert.fail("nothing was said"));
  cut.push(text.subarray(text.indexOf("TOK end"), -3));
  assert.equal(cut.trailer, undefined);
});

test("receipts: outputs are lines NAME=value; other lines belong to the value before", () => {
  assert.deepEqual(outputsOf("junk\nA=1\nmore\n\nB==\n"), { A: "1\nmore\n", B: "=" });
});
