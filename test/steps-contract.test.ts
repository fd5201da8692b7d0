// Every step kind does what model/step.ts asks of it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { steps } from "../src/kinds/steps/index.ts";
import { bound } from "./kit/bound.ts";
import { engineStepSuite, shapeSuite, stepSuite, type StepCase } from "./suites/step-kind.ts";
import { pretend } from "./kit/driver.ts";

const only = (params: unknown) => () => Promise.resolve({ params });

async function answering(t: TestContext): Promise<string> {
  const server = createServer((_, response) => response.end(`{"ok":true}`)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const CASES: readonly StepCase[] = [
  {
    kind: "shell",
    good: only({ script: "echo fine >&2\necho done", expect: "done" }),
    bad: [
      [{}, "script"],
      [{ script: "x", interpreter: "zsh" }, "interpreter"],
      [{ script: "x", env: ["A-B"] }, "value-name"],
      [{ script: "x", typo: 1 }, "Unrecognized"],
    ],
  },
  {
    kind: "script",
    good: ({ root }) =>
      Promise.resolve({
        params: { file: "ops/go.sh", args: ["one", { value: "C_SUBSTITUTION" }] },
        over: { plan: bound(root, { "ops/go.sh": "echo $#: $1" }), env: { C_SUBSTITUTION: "$(id)" } },
      }),
    bad: [
      [{ file: "../x.sh" }, "book-path"],
      [{ file: "/x.sh" }, "book-path"],
      [{ file: "x.sh", args: [1] }, "args"],
    ],
  },
  {
    kind: "file",
    good: ({ root }) =>
      Promise.resolve({
        params: { path: join(root, "a b.conf"), content: "x = ${VALUE}\n", fill: ["VALUE"] },
        over: { env: { VALUE: "$(id) `id` 'x' \\ & | \n" } },
      }),
    bad: [
      [{ path: "relative", content: "" }, "file-path"],
      [{ path: "/x/", content: "" }, "file-path"],
      [{ path: "/x" }, "content-or-from"],
      [{ path: "/x", content: "", from: "y" }, "content-or-from"],
      [{ path: "/x", content: "", mode: "rw" }, "mode"],
      [{ path: "/x", content: "", owner: "a b" }, "owner"],
    ],
  },
  {
    kind: "check",
    good: ({ root }) => Promise.resolve({ params: { check: "file", with: { path: root } } }),
    bad: [
      [{}, "check"],
      [{ check: "file", every: 0 }, "every"],
      [{ check: "file", within: "soon" }, "duration"],
      [{ check: "file", bands: { warn: 1 } }, "bands"],
    ],
  },
  {
    kind: "gate",
    good: ({ root }) =>
      Promise.resolve({ params: { check: "file", with: { path: root }, for: 0.2, every: 0.1, least: 3 } }),
    bad: [
      [{}, "check"],
      [{ check: "file", every: 0.01 }, "every"],
      [{ check: "file", for: "soon" }, "duration"],
      [{ check: "file", least: 0 }, "least"],
      [{ check: "file", least: 2 }, "least-looks"],
      [{ check: "file", for: 20, least: 3, baseline: true }, "least-looks"],
      [{ check: "file", bands: { critical: 1 } }, "bands"],
    ],
  },
  {
    kind: "http",
    elsewhere: true,
    good: async (_, t) => ({
      params: {
        method: "POST",
        url: await answering(t),
        json: { version: { value: "C_SUBSTITUTION" } },
        expect: { json: { ".ok": true } },
      },
      over: { env: { C_SUBSTITUTION: `","x":"` } },
    }),
    bad: [
      [{ url: "ftp://x/" }, "url"],
      [{ url: "http://a:b@x/" }, "url-credentials"],
      [{ url: "http://x/", body: "x" }, "body-needs-change"],
      [{ url: "http://x/", method: "POST", body: "x", json: 1 }, "body-or-json"],
      [{ url: "http://x/", headers: { "a b": "c" } }, "headers"],
    ],
  },
  {
    kind: "driver",
    elsewhere: true,
    good: ({ reach }) =>
      Promise.resolve({
        params: { things: [{ name: "web", version: { value: "VERSION" } }], within: 1 },
        over: { reach: { ...reach, driver: pretend({ web: "v1" }) }, env: { VERSION: "v2" } },
      }),
    bad: [
      [{}, "things-or-restore"],
      [{ things: [] }, "things"],
      [{ things: [{ name: "web", replicas: -1 }] }, "replicas"],
    ],
  },
  {
    kind: "function",
    good: ({ root }) =>
      Promise.resolve({
        params: { module: "ops/go.ts", name: "go", args: { times: 2 } },
        over: {
          plan: bound(root, { "ops/go.ts": "export const go = ({ args }: any) => ({ ok: args.times === 2 });" }),
        },
      }),
    elsewhere: true,
    bad: [
      [{ module: "../x.ts" }, "book-path"],
      [{ module: "x.ts", name: "a b" }, "function-name"],
    ],
  },
  {
    kind: "fault",
    good: ({ root }) =>
      Promise.resolve({
        params: { fault: "kill", with: { pidFile: join(root, "none") }, remove: true },
      }),
    bad: [
      [{}, "fault"],
      [{ fault: "kill", limit: 0 }, "fault-limit"],
      [{ fault: "kill", limit: "2d" }, "fault-limit"],
    ],
  },
];

// A fault needs something to bite on: steps-fault.test.ts.
for (const one of CASES) (one.kind === "fault" ? shapeSuite : stepSuite)(one);

const ENGINES: readonly StepCase[] = [
  {
    kind: "wait",
    good: only({ for: "10m" }),
    bad: [
      [{}, "for-or-ms"],
      [{ for: 1, ms: 1 }, "for-or-ms"],
    ],
  },
  { kind: "manual", good: only({ text: "Look at the lamp." }), bad: [[{ note: "never" }, "note"]] },
  { kind: "approve", good: only({ text: "Go on?" }), bad: [[{ text: "" }, "text"]] },
  { kind: "runbook", good: only({ runbook: "SOP-02" }), bad: [[{}, "runbook"]] },
];
for (const one of ENGINES) engineStepSuite(one);

test("every step kind is in the suite, or in a live one", () => {
  const live = ["sql"];
  const known = new Set([...CASES, ...ENGINES].map(({ kind }) => kind).concat(live));
  // Those that a book makes are done together: suites/backup.ts.
  assert.deepEqual(
    steps
      .filter(({ made }) => !made)
      .map(({ kind }) => kind)
      .filter((kind) => !known.has(kind)),
    [],
  );
});
