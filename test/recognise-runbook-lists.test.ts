import assert from "node:assert/strict";
import { test } from "node:test";
import type { Runbook } from "../src/model/runbook.ts";
import { runbooks } from "../src/book/recognise/runbooks.ts";
import { fence, inside, one } from "./books/procedures/found.ts";
import { pageOf } from "./books/procedures/summary.ts";

test("a list whose fences stand unindented between its items keeps them with their items", () => {
  const runbook = one(
    `## Rollback\n\n1. Stop\n\n${fence("systemctl stop app")}\n2. Start\n\n${fence("systemctl start app")}`,
  );
  assert.deepEqual(
    runbook.steps.map((step) => [step.title, step.commands.map((command) => command.text)]),
    [
      ["Stop", ["systemctl stop app"]],
      ["Start", ["systemctl start app"]],
    ],
  );
});

const commandsOf = (runbook: Runbook) =>
  runbook.steps.map(({ title, held, commands }) => [title, held, commands.map(({ text }) => text)]);

test("fences of a list below a step are its commands, in their order, and none is lost", () => {
  const stop = `1. Stop\n\n${inside(fence("systemctl stop app"), 3)}\n`;
  const start = `2. Start\n\n${inside(fence("systemctl start app"), 3)}`;
  const nested = (text: string, command: string) => `   - ${text}\n\n${inside(fence(command), 5)}\n`;
  assert.deepEqual(
    commandsOf(one(`## Restart\n\n${stop}${nested("then the worker:", "systemctl stop worker")}${start}`)),
    [
      ["Stop", undefined, ["systemctl stop app", "systemctl stop worker"]],
      ["Start", undefined, ["systemctl start app"]],
    ],
  );
  // Without a fence of its own, and in a list without numbers.
  for (const list of ["1.", "-"])
    assert.deepEqual(
      commandsOf(
        one(
          `## Restart\n\n${list} Stop\n${nested("app:", "systemctl stop app")}${nested("worker:", "systemctl stop worker")}`,
        ),
      ).flatMap(([, , commands]) => commands),
      ["systemctl stop app", "systemctl stop worker"],
    );
  // A case, one way of several: the step is held, and lint names the commands.
  const tied = (text: string) =>
    runbooks.run(
      pageOf(
        "a.md",
        `## Restart\n\n${stop}   - ${text}\n     - stop it:\n\n${inside(fence("systemctl stop worker"), 7)}\n${start}`,
      ),
    );
  const { runbooks: all = [], findings = [] } = tied("Option B:");
  assert.deepEqual(all.flatMap(commandsOf), [
    ["Stop", "fence/alternatives", ["systemctl stop app"]],
    ["Start", undefined, ["systemctl start app"]],
  ]);
  assert.deepEqual(
    findings.map(({ code, source, args }) => [code, source.line, args["first"]]),
    [["WB273", 12, "systemctl stop worker"]],
  );
  // What is held for its own sake holds its step.
  for (const text of ["Only on the primary:", "仅在主机执行："])
    assert.deepEqual(
      tied(text).runbooks!.flatMap(commandsOf),
      [
        ["Stop", "fence/circumstance", ["systemctl stop app", "systemctl stop worker"]],
        ["Start", undefined, ["systemctl start app"]],
      ],
      text,
    );
});

test("a further fence of a step with attributes of its own is a step of its own, and no risk is declared for another's commands", () => {
  const item = (...fences: readonly string[]) =>
    `## Restart\n\n1. Stop\n\n${fences.map((each) => inside(each, 3)).join("\n")}`;
  const declared = (attributes: string, command: string) => ["```bash " + attributes, command, "```", ""].join("\n");
  assert.deepEqual(
    one(
      item(fence("systemctl stop a"), declared('{"wb-approve":"lead"}', "systemctl stop b"), fence("systemctl stop c")),
    ).steps.map(({ approve, commands }) => [approve, commands.map(({ text }) => text)]),
    [
      [undefined, ["systemctl stop a"]],
      ["lead", ["systemctl stop b"]],
      [undefined, ["systemctl stop c"]],
    ],
  );
  assert.equal(
    one(item(declared('{"wb-risk":"read"}', "appctl look"), fence("rm -rf /srv/app"))).steps[0]?.risk,
    "destructive",
  );
});

test("commands that no step of a procedure has are said: behind its list, in a quote", () => {
  const findings = (text: string) =>
    (runbooks.run(pageOf("a.md", text)).findings ?? []).map(({ code, source }) => [code, source.line]);
  const quoted = fence("systemctl stop b").replace(/^(?=.)/gm, "> ");
  assert.deepEqual(findings(`## Restart\n\n${quoted}\n${fence("systemctl restart a")}`), [["WB273", 3]]);
  assert.deepEqual(findings(`## Restart\n\n1. Stop\n2. Start\n\n${fence("systemctl restart a")}`), [["WB273", 6]]);
  // Each has its step, or stands in no procedure.
  assert.deepEqual(findings(`## Restart\n\n${fence("systemctl restart a")}\n### Notes\n\n${fence("ls")}`), []);
});
