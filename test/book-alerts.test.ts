// What a book says of alerts: rules of its tables and of watchbook.yaml, who is told, and what lint finds wrong in it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { evaluate, policyOf, rulesOf } from "../src/desk/alert/index.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { ALERT_DEFAULTS } from "../src/model/alert-policy.ts";
import type { Watch } from "../src/model/alert.ts";
import { judge } from "../src/model/judge.ts";
import { LEVEL } from "../src/model/rule.ts";
import { folder } from "./kit/folder.ts";

const TABLE = `# Node

## Thresholds

| Metric | Normal | Warning | Critical |
| --- | --- | --- | --- |
| CPU usage | < 50 % | > 70 % | > 90 % |
| Memory usage | < 60 % | > 80 % | > 95 % |
`;

async function bookOf(t: Parameters<typeof folder>[0], yaml: string, manual = TABLE) {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), manual);
  writeFileSync(join(root, "watchbook.yaml"), yaml);
  const { book, texts } = await compileFiles(await namedFiles([root]));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
  return { book, findings };
}

const shown = (rules: ReturnType<typeof rulesOf>): readonly string[] =>
  rules.map((rule) => {
    const limits = "fire" in rule ? ` ${rule.bad} ${rule.fire}/${rule.clear ?? "-"}` : "";
    return `${rule.id} ${rule.severity} ${rule.form}${limits} for ${rule.forMs}`;
  });

test("a threshold table alerts by both of its columns, is over at normal, and says when nothing can be judged", async (t) => {
  const { book } = await bookOf(t, "title: Node\n");
  assert.deepEqual(shown(rulesOf(book)), [
    "cpu.warn warning compare above 1/0.5 for 0",
    "cpu.critical critical compare above 2/0.5 for 0",
    "memory.warn warning compare above 1/0.5 for 0",
    "memory.critical critical compare above 2/0.5 for 0",
    "cpu.unknown warning absence for 0",
    "memory.unknown warning absence for 0",
  ]);
  assert.equal(rulesOf(book)[0]!.source.line, 7);
});

test("inbound severities that the scale does not have are findings, and names of channels that nothing declares", async (t) => {
  const yaml = `severities: { P1: { scale: alert } }
inbound: { prom: { kind: prometheus, severity: { map: { critical: P1, warning: P3 }, otherwise: P9 } } }
`;
  const found = async (text: string, code: string) =>
    (await bookOf(t, text)).findings
      .filter((one) => one.code === code)
      .map(({ args, source }) => [args["name"], source.line]);
  assert.deepEqual(await found(yaml, "WB824"), [
    ["P3", 2],
    ["P9", 2],
  ]);
  assert.deepEqual(await found("watcher: { heartbeat: { channel: nobody } }\n", "WB035"), [["nobody", 1]]);
});

test("a step of a chain whose people no channel reaches is a finding, of a rota too", async (t) => {
  const yaml = `channels: { sms: { kind: webhook, url: "https://sms.example.org/" } }
people: { wang: { channels: [sms] }, li: {}, zhao: {} }
rota: { ops: { people: [wang, li] } }
escalations:
  night: { steps: [{ rotas: [ops] }, { people: [zhao], channels: [sms] }, { people: [wang] }, { people: [zhao] }] }
`;
  const { findings } = await bookOf(t, yaml);
  const found = findings.filter(({ code }) => code === "WB825");
  assert.deepEqual(
    found.map(({ level, source, args }) => [level, source.line, args["step"], args["people"]]),
    [
      ["warn", 5, 1, ["li"]],
      ["warn", 5, 4, ["zhao"]],
    ],
  );
});

test("49 is well, between 50 and 70 is shown and does not alert, 70 warns, 90 is critical until it is below 50 again [S-019 S-020]", async (t) => {
  const { book } = await bookOf(t, "title: Node\n");
  const rules = rulesOf(book).filter(({ form, check }) => form === "compare" && check === "cpu");
  const { bands } = book.checks.find(({ id }) => id === "cpu")!;
  let watches: ReadonlyMap<string, Watch> = new Map();
  const firing = [49, 60, 69.9, 70, 89.9, 90, 75, 60, 50, 49.9].map((value, n) => {
    const { outcome, elevated } = judge(value, bands!);
    const point = { at: n * 10_000, value, level: LEVEL[elevated ? "elevated" : (outcome as "pass")] };
    const judged = evaluate(
      rules,
      watches,
      () => [point],
      () => 0,
      n * 10_000,
      ALERT_DEFAULTS,
    );
    watches = judged.watches;
    return `${value}: ${judged.signals
      .filter((signal) => signal.firing)
      .map(({ severity }) => severity)
      .join(" + ")}`;
  });
  assert.deepEqual(firing, [
    "49: ",
    "60: ",
    "69.9: ",
    "70: warning",
    "89.9: warning",
    "90: warning + critical",
    "75: warning + critical",
    "60: warning + critical",
    "50: warning + critical",
    "49.9: ",
  ]);
  const memory = book.checks.find(({ id }) => id === "memory")!.bands!;
  assert.deepEqual(
    [79.9, 80, 94.9, 95].map((value) => judge(value, memory).outcome),
    ["pass", "warn", "warn", "fail"],
  );
});

test("declared rules take the place of a table's, severities are the book's own, and what is not said follows from the check", async (t) => {
  const { book, findings } = await bookOf(
    t,
    `title: Node
severities: { P1: { scale: alert }, P2: { scale: alert } }
checks:
  up: { kind: tcp, service: shop, params: { address: "127.0.0.1:1" } }
  disk: { kind: disk, bands: { normal: 60, warn: 80 } }
rules:
  cpu-high: { check: cpu, fire: 95, clear: 85, for: 5m, severity: P1 }
  gone: { check: up, severity: P1 }
  ill: { check: up, severity: P2, down: false }
  silent: { form: absence, check: up, window: 3m, severity: P2 }
  full: { form: forecast, check: disk, fire: 100, guard: 60, for: 30m, severity: P2 }
  disk-high: { check: disk, fire: 90, severity: P2 }
alerts: { critical: P1, warn: P2, unknown: false }
`,
  );
  assert.deepEqual(
    findings.filter(({ code }) => /^WB(?:03|82)/.test(code)),
    [],
  );
  assert.deepEqual(shown(rulesOf(book)), [
    "cpu-high P1 compare above 95/85 for 300000",
    "gone P1 compare above 2/0.5 for 0",
    "ill P2 compare above 2/0.5 for 0",
    "silent P2 absence for 0",
    "full P2 forecast above 100/- for 1800000",
    "disk-high P2 compare above 90/60 for 0",
    "memory.warn P2 compare above 1/0.5 for 0",
    "memory.critical P1 compare above 2/0.5 for 0",
  ]);
  assert.deepEqual(
    rulesOf(book)
      .filter(({ down }) => down !== false)
      .map(({ id, down }) => [id, down]),
    [
      ["gone", "seen"],
      ["silent", true],
      ["memory.critical", "seen"],
    ],
  );
  // A name that a column would have: two rules, never one state for both.
  const { book: named } = await bookOf(
    t,
    "rules: { cpu.critical: { form: log-rate, check: cpu, fire: 9, severity: P1 } }",
  );
  const ids = rulesOf(named).map(({ id }) => id);
  assert.deepEqual(ids.slice(0, 3), ["cpu.critical", "cpu.warn", "cpu.critical.check"]);
  assert.equal(new Set(ids).size, ids.length);
});

test("who is told: the severity's chain, the default one, its channels, else all of them", async (t) => {
  const { book } = await bookOf(
    t,
    `title: Node
people: { wang: { channels: [sms] } }
rota: { ops: { people: [wang] } }
channels:
  chat: { kind: webhook, url: https://chat.example.org }
  sms: { kind: webhook, url: https://sms.example.org }
escalations:
  default: { steps: [{ rotas: [ops], channels: [chat], wait: 2m }, { people: [wang] }], rounds: 3 }
severities:
  P1: { scale: alert }
  P2: { scale: alert, channels: [chat], quiet: "22:00-07:00" }
  S1: { channels: [sms] }
`,
  );
  const { severities, reach, channels } = policyOf(book);
  assert.deepEqual(
    severities.map(({ id, chain, quiet }) => [id, chain.id, chain.rounds, quiet?.from]),
    [
      ["P1", "default", 3, undefined],
      ["P2", "P2", 2, "22:00"],
    ],
  );
  assert.deepEqual(
    severities[0]!.chain.steps.map(({ waitMs }) => waitMs),
    [120_000, 300_000],
  );
  assert.deepEqual(reach.get("wang"), ["sms"]);
  assert.deepEqual(channels, ["chat", "sms"]);
  const bare = await bookOf(t, "channels: { a: { kind: webhook, url: https://a.example.org } }\n");
  assert.deepEqual(
    policyOf(bare.book).severities.map(({ id, chain }) => [id, chain.steps[0]!.channels]),
    [
      ["critical", ["a"]],
      ["warning", ["a"]],
    ],
  );
});

test("what cannot be meant is found with its line and the nearest spelling, in both languages", async (t) => {
  const channels = await bookOf(
    t,
    [
      "severities: { P1: { scale: alert, escalation: nigth } }",
      "channels: { chat: { kind: webhook, url: https://chat.example.org } }",
      "escalations:",
      "  night:",
      "    steps:",
      "      - channels: [chta]",
      "      - { rotas: [ops] }",
    ].join("\n"),
  );
  const rules = await bookOf(
    t,
    [
      "severities: { P1: { scale: alert }, S1: { scale: incident } }",
      "rules:",
      "  a: { check: cpuu, severity: P1 }",
      "  b: { check: cpu, severity: S1 }",
      "  c: { check: cpu, severity: P1, runbook: restart }",
    ].join("\n"),
  );
  const ours = [...channels.findings, ...rules.findings].filter(({ code }) => /^WB(?:035|82)/.test(code));
  assert.deepEqual(
    ours.map(({ code, source, args }) => [code, source.line, args["near"] ?? args["nearest"]]),
    [
      ["WB035", 1, "night"],
      ["WB035", 6, "chat"],
      ["WB035", 7, "–"],
      ["WB821", 3, "cpu"],
      ["WB822", 4, "P1"],
      ["WB823", 5, "–"],
    ],
  );
  for (const lang of ["en", "zh"] as const)
    for (const finding of ours) assert.doesNotMatch(Object.values(sayFinding(finding, lang)).join(" "), /\{\w+\}/);
});

test("a form that lacks what it needs, or has what it has no use for, is refused with its line", async (t) => {
  const { findings } = await bookOf(
    t,
    [
      "rules:",
      "  a: { form: ratio, check: cpu, fire: 0.1, severity: P1 }",
      "  b: { form: absence, check: cpu, guard: 3, severity: P1 }",
      "  c: { form: promql, check: cpu, severity: P1 }",
      'maintenance: { m: { window: "23:00-05:00", match: ["shop"], reason: backup } }',
    ].join("\n"),
  );
  const lines = findings.filter(({ code }) => code.startsWith("WB03")).map(({ source }) => source.line);
  assert.deepEqual(lines, [2, 3, 4, 5]);
});
