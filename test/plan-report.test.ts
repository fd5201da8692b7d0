import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { differences } from "../src/engine/plan/differences.ts";
import { MISSING } from "../src/engine/plan/missing.ts";
import { planView } from "../src/engine/plan/view.ts";
import { texts } from "../src/i18n/texts.ts";
import type { Plan, PlanStep } from "../src/model/plan.ts";
import { planText } from "../src/report/plan/text.ts";
import { DATA, gateway } from "./kit/gateway.ts";
import { planOf } from "./kit/plan.ts";
import { bookOf, planned } from "./kit/planning.ts";

// How a plan is shown, in both languages. To accept a change after reading the difference:
// WATCHBOOK_GOLDEN=write node --test test/plan-report.test.ts

const folder = join(import.meta.dirname, "books", "plans");

const SPEC = `  SOP-01:
    approval: { roles: [ops-lead], quorum: 2, expires: 12h }
    parallel: 2
    maxFailures: 1
    params: { token: { type: secret, default: deploy } }
    steps:
      gw-version: { retry: { times: 3 }, outputs: [BEFORE] }
      gw-restart: { targets: [gw-2, gw-3] }
    add: { tell: { kind: manual, scope: run, title: Tell the traders, banner: Sessions break for ten seconds. } }
    faults: { crash: { kind: kill, unit: gateway, step: gw-restart } }
`;
const ASK = { runbook: "SOP-01", params: { version: '1.2 "x"' }, injectFault: "gw-restart" };

for (const lang of ["en", "zh"] as const)
  for (const name of ["whole", "lacking"] as const)
    test(`a plan as it is shown: ${name}, ${lang}`, async (t) => {
      const whole = name === "whole";
      const open = await bookOf(t, gateway(whole ? SPEC : ""));
      const plan = await planned(
        open,
        whole ? ASK : { runbook: "restart-the-gateway", environment: "test", rehearsal: true },
      );
      const shown = await planText(plan, lang);
      const file = join(folder, `${name}.${lang}.txt`);
      if (process.env["WATCHBOOK_GOLDEN"] === "write") writeFileSync(file, shown);
      assert.equal(shown, readFileSync(file, "utf8"));
    });

test("a posture that nobody stated is shown as the default, in words and in JSON; to state it changes no digest", async (t) => {
  const said = async (data: string): Promise<readonly [string, Plan]> => {
    const made = await planned(await bookOf(t, gateway("", data)), { runbook: "restart-the-gateway" });
    return [await planText(made, "en"), made];
  };
  const [text, unstated] = await said(DATA.replace("{ automation: guarded }", "{}"));
  assert.match(text, /^ {2}posture: assist \(default, not stated\)$/m);
  assert.match(await planText(unstated, "zh"), /^ {2}姿态：辅助（默认值，手册未写明）$/m);
  assert.deepEqual(planView(unstated).posture, { automation: "assist", unstated: ["automation"] });
  const [other, stated] = await said(DATA.replace("guarded", "assist"));
  assert.match(other, /^ {2}posture: assist$/m);
  assert.deepEqual(planView(stated).posture, { automation: "assist" });
  assert.equal(stated.digest, unstated.digest);
  assert.deepEqual(differences(unstated, stated), []);
});

test("whatever can be missing has its sentence in both languages", () => {
  for (const lang of ["en", "zh"] as const)
    assert.deepEqual(Object.keys(texts(lang).plan.missing).toSorted(), [...MISSING].toSorted());
});

test("the program of a backup kind is named, not poured out: a plan of a restore is read in a minute", async () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join("\n");
  const params = { part: "db", kind: "postgres", with: { archive: "/srv/wal" } };
  const step = (id: string, count: number) => ({ id, kind: "restore-part", params, command: lines(count) });
  const shown = await planText(planOf({ steps: [step("long", 160), step("short", 3)] }), "en");
  assert.match(shown, /- postgres db: \{"archive":"\/srv\/wal"\}\n {5}- by a program of 160 lines: --json shows it\n/);
  assert.match(shown, /- line 0\n {5}- line 1\n {5}- line 2\n/);
  assert.doesNotMatch(shown, /line 3/);
  // What an author wrote is shown whole, however long.
  const own = await planText(planOf({ steps: [{ id: "own", kind: "shell", command: lines(160) }] }), "en");
  assert.match(own, /\$ line 159\n/);
});

test("nothing in a command is obeyed by the terminal that shows it", async () => {
  const step: Partial<PlanStep> & { readonly id: string } = {
    id: "a",
    command: "echo \u001b[2J\u202e\ttab\nnext\u009b",
  };
  const shown = await planText(planOf({ steps: [step] }), "en");
  assert.ok(shown.includes("$ echo \\u001b[2J\\u202e\ttab\n     $ next\\u009b\n"), shown);
});
