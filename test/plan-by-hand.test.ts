// Plans on a target that only a person reaches: what becomes a question, what cannot, and lines that do what they say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { plan } from "../src/engine/plan/plan.ts";
import { registry } from "../src/kinds/registry.ts";
import { fileByHand } from "../src/kinds/steps/file/by-hand.ts";
import type { Plan, PlanRequest } from "../src/model/plan.ts";
import { folder } from "./kit/folder.ts";
import { bookOf } from "./kit/planning.ts";

const MANUAL = `# M

## SOP-01: Work

1. One

   \`\`\`bash {"name":"one"}
   touch one
   \`\`\`
2. Two

   \`\`\`bash {"name":"two"}
   touch two
   \`\`\`
`;

const TARGETS = `targets:
  web: { kind: local, environment: mixed }
  seat: { kind: console, where: "iLO", environment: mixed }
  alone: { kind: console, where: "VNC", environment: prod }
`;

async function made(t: TestContext, steps: string, request: Partial<PlanRequest> = {}): Promise<Plan> {
  const yaml = `environments: { prod: {}, mixed: {} }\nservices: { s: { automation: auto } }\n${TARGETS}runbooks:\n  SOP-01:\n    steps:\n${steps}`;
  const open = await bookOf(t, { "m.md": MANUAL, "watchbook.yaml": yaml, "ops/f.ts": "export const f = 1;\n" });
  return plan(open, registry, { runbook: "SOP-01", environment: "prod", params: {}, ...request });
}

const lines = ({ steps, others }: Plan): readonly string[] =>
  [...steps, ...others].map(({ id, kind, targets, verify = "-", undo = "-" }) =>
    [id, kind, targets?.join("+") ?? "all", verify, undo].join(" "),
  );

const SHARED = `      one: { verify: { kind: shell, with: { script: "test -e one" } }, undo: { kind: shell, with: { script: "rm one" } } }
      two: { verify: one.verify }
`;

test("every step on a console is a person's, its verify and undo too; risk and order stay", async (t) => {
  const alone = await made(t, SHARED);
  assert.deepEqual(lines(alone), [
    "one manual all one.verify one.undo",
    "two manual all one.verify -",
    "one.verify manual all - -",
    "one.undo manual all - -",
  ]);
  assert.deepEqual(
    alone.steps.map(({ risk, byHand }) => [risk, byHand?.kind]),
    [
      ["write", "shell"],
      ["write", "shell"],
    ],
  );
  assert.deepEqual(alone.targets[0]?.seat, { where: "VNC" });
  assert.deepEqual(alone.missing, []);
});

test("with both kinds of target a step becomes two, and verifies and undos are there for both", async (t) => {
  const mixed = await made(t, SHARED, { environment: "mixed" });
  assert.deepEqual(lines(mixed), [
    "one shell web one.verify one.undo",
    "one.by-hand manual seat one.verify.by-hand one.undo.by-hand",
    "two shell web one.verify -",
    "two.by-hand manual seat one.verify.by-hand -",
    "one.verify shell all - -",
    "one.verify.by-hand manual all - -",
    "one.undo shell all - -",
    "one.undo.by-hand manual all - -",
  ]);
  const machines = await made(t, SHARED, { environment: "mixed", targets: ["web"] });
  assert.equal(
    machines.steps.every(({ byHand }) => byHand === undefined),
    true,
  );
});

test("what no person can do is missing, never left out", async (t) => {
  const call = "      two: { kind: function, with: { module: ops/f.ts, name: f } }\n";
  const { missing } = await made(t, call);
  assert.deepEqual(
    missing.map(({ code, args, step }) => [code, args["kind"], step]),
    [["by-hand", "function", "two"]],
  );
});

test("a destructive step in a protected environment keeps its approval when a person does it", async (t) => {
  const yaml = `environments: { prod: { protected: true } }\nservices: { s: { automation: guarded } }\n${TARGETS.replace(/ {2}(web|seat).*\n/g, "")}runbooks:\n  SOP-01:\n    steps:\n      two: { risk: destructive, kind: shell, with: { script: "mkfs /dev/vdb1" } }\n`;
  const open = await bookOf(t, { "m.md": MANUAL, "watchbook.yaml": yaml });
  const { steps } = await plan(open, registry, { runbook: "SOP-01", environment: "prod", params: {} });
  assert.notEqual(steps[1]?.gate, undefined);
});

const bash = (script: string): string => execFileSync("bash", ["-eu", "-c", script], { encoding: "utf8" });

test("the lines for a file put exactly these bytes there, show their digest, and the undo brings back what was", (t) => {
  const root = folder(t);
  const files = ["", "one line without an end", "a\n", "$HOME `id` 'q' \\\n\tWATCHBOOK\nWATCHBOOK\n\n"];
  for (const [index, content] of files.entries()) {
    const path = join(root, `it's ${index}`);
    const given = { path, content, mode: "0640", backup: true, restore: false, sudo: false };
    const parts = { file: () => undefined, values: new Map() };
    for (const before of [undefined, "before\n"]) {
      if (before !== undefined) writeFileSync(path, before);
      const view = fileByHand(given, parts)!;
      const out = bash(view.command);
      assert.equal(readFileSync(path, "utf8"), content);
      assert.equal(statSync(path).mode & 0o777, 0o640);
      assert.equal(out.replace(/^\\/, "").trimEnd(), view.expect![0]);
      bash(fileByHand({ ...given, content: undefined, restore: true }, parts)!.command);
      assert.equal(existsSync(path) ? readFileSync(path, "utf8") : undefined, before);
    }
  }
});

test("a file keeps its mode where none is asked for; what cannot be typed is carried, what is not known is not planned", (t) => {
  const path = join(folder(t), "f");
  const given = { path, backup: false, restore: false, sudo: false };
  const known = { file: () => undefined, values: new Map([["NAME", "x"]]) };
  writeFileSync(path, "old\n");
  chmodSync(path, 0o600);
  bash(fileByHand({ ...given, content: "hi ${NAME} ${OTHER}\n", fill: ["NAME"] }, known)!.command);
  assert.equal(readFileSync(path, "utf8"), "hi x ${OTHER}\n");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(fileByHand({ ...given, content: "${LATER}\n", fill: ["LATER"] }, known), undefined);
  const binary = fileByHand({ ...given, from: "bin/tool" }, { ...known, file: () => Buffer.from([0, 1, 2]) });
  assert.match(binary!.command, /^cp bin\/tool /m);
});
