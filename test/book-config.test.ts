// watchbook.yaml: what it may say, and how every mistake is named with line, key and the nearest right spelling.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sayFinding } from "../src/i18n/texts.ts";
import type { BookConfig } from "../src/model/config.ts";
import type { Finding } from "../src/model/finding.ts";
import { configSchema, SCHEMA_FILE } from "../src/book/config/json-schema.ts";
import { seconds } from "../src/book/config/duration.ts";
import { emptyConfig } from "../src/book/config/empty.ts";
import { readConfig } from "../src/book/config/read.ts";

function good(text: string): BookConfig {
  const { config, findings } = readConfig("watchbook.yaml", text);
  assert.deepEqual(findings, []);
  return config;
}
const bad = (text: string): readonly Finding[] => {
  const { config, findings } = readConfig("watchbook.yaml", text);
  assert.deepEqual(config, emptyConfig, "nothing is taken over from a file with errors");
  return findings;
};
const told = (findings: readonly Finding[]): unknown =>
  findings.map(({ code, source, args }) => [
    code,
    source.line,
    args["key"] ?? args["what"],
    args["nearest"] ?? args["expected"] ?? args["id"],
  ]);

const FULL = `
title: Gateway
lang: zh
zone: Asia/Shanghai
entry: docs/index.md
ignore: [drafts/]
services:
  gateway: { title: Gateway, needs: [db], availability: ha, automation: guarded, environments: [staging, prod] }
  db:
environments:
  staging: { definition: rehearsal }
  prod:
targets:
  here: local
  gw-1: { kind: ssh, host: gw-1, environment: prod }
people:
  li: { name: Li Lei, roles: [ops-lead], key: ssh-ed25519 AAAA, contact: li@example.com }
rota:
  main: { people: [li], every: weekly, from: "2026-01-05" }
channels:
  mail: { kind: email, to: ops@example.com }
secrets:
  token: env:GATEWAY_TOKEN
  key: file:/etc/watchbook/key
severities:
  P0: { scale: incident, respond: 15m, resolve: 2h, channels: [mail] }
checks:
  root-disk:
    kind: disk
    params: { path: / }
    bands: { normal: 70, warn: 80, critical: 90 }
    items: [check the disk]
    target: gw-1
    service: gateway
    timeout: 1500ms
  free:
    kind: command
    bands: { warn: 20, critical: 10 }
duties:
  daily: { at: "08:30", every: daily, owner: li, report: reports/daily-YYYYMMDD.md }
naming:
  - { folder: reports, date: required }
interval: 30s
reports: reports
evidence: evidence
compliance: [cn-network-logs]
gates: [staging-first]
suppress:
  - { code: WB101, file: docs/old.md, reason: kept for history }
site: { root: docs }
signers: signers.txt
`;

test("a full file becomes data: order kept, defaults filled in, durations in seconds, every entry with its line", () => {
  const config = good(FULL);
  assert.deepEqual(
    config.environments.map(({ id, order, promotesTo, protected: kept, source }) => [
      id,
      order,
      promotesTo,
      kept,
      source.line,
    ]),
    [
      ["staging", 0, "prod", false, 11],
      ["prod", 1, undefined, true, 12],
    ],
  );
  assert.deepEqual(
    config.services.map(({ id, posture }) => [id, posture.availability, posture.automation]),
    [
      ["gateway", "ha", "guarded"],
      ["db", "single", "assist"],
    ],
  );
  assert.deepEqual(config.targets, [
    { name: "here", kind: "local", params: {} },
    { name: "gw-1", kind: "ssh", params: { host: "gw-1" }, environment: "prod" },
  ]);
  assert.deepEqual(config.severities, [
    { id: "P0", scale: "incident", respond: 900, resolve: 7200, channels: ["mail"] },
  ]);
  const [disk, free] = config.checks;
  assert.deepEqual([disk!.timeoutMs, disk!.bands?.bad, disk!.source.line], [1500, "above", 28]);
  assert.deepEqual(free!.bands, { bad: "below", warn: 20, critical: 10 });
  assert.deepEqual(config.duties[0]!.at, "08:30");
  assert.equal(config.interval, 30);
  const [mail] = config.channels;
  assert.deepEqual(
    [mail?.id, mail?.kind, mail?.params, mail?.source.line],
    ["mail", "email", { to: "ops@example.com" }, 21],
  );
});

test("lists with an id are the same as maps", () => {
  const list = good("checks:\n  - id: disk\n    kind: disk\ntargets:\n  - name: a\n    kind: ssh\n");
  const map = good("checks:\n  disk:\n    kind: disk\ntargets:\n  a:\n    kind: ssh\n");
  assert.deepEqual({ ...list.checks[0], source: 0 }, { ...map.checks[0], source: 0 });
  assert.deepEqual(list.targets, map.targets);
});

test("an empty file and a file of comments are an empty book", () => {
  for (const text of ["", "# nothing\n", "---\n"])
    assert.deepEqual(good(text), { ...emptyConfig, file: "watchbook.yaml" });
});

test("unknown keys at every depth are told with line, dotted key and the nearest right spelling", () => {
  assert.deepEqual(
    told(bad("titel: x\nchecks:\n  disk:\n    knid: disk\n    kind: disk\n    bands:\n      waring: 80\n")),
    [
      ["WB031", 1, "titel", "title"],
      ["WB031", 4, "checks.disk.knid", "kind"],
      ["WB031", 7, "checks.disk.bands.waring", "warn"],
    ],
  );
});

test("a key far from any known one is told with the three nearest at most, and where all are described", () => {
  const findings = bad("entirelyelse: x\nservices: { a: { qqqqqqqq: 1 } }\n");
  for (const { code, args } of findings) {
    assert.equal(code, "WB031");
    assert.equal(String(args["nearest"]).split(", ").length, 3, String(args["nearest"]));
  }
  assert.match(sayFinding(findings[0]!, "en").fix, /docs\/formats\/book\.md/);
  assert.match(sayFinding(findings[0]!, "zh").fix, /docs\/formats\/book\.md/);
});

test("nesting and length without end are said in words", () => {
  const said = (text: string): string => sayFinding(bad(text)[0]!, "en").say;
  assert.match(said("[".repeat(600_000)), /nested deeper than can be read/);
  assert.match(said("{a: ".repeat(50_000)), /nested deeper than can be read/);
  assert.match(said(`title: ${"x".repeat(600_000)}\n`), /longer than the 500,000 characters/);
});

test("wrong values are told with the form they need", () => {
  const text = `zone: Asia/Shanghi
lang: cn
services: [gateway]
severities: { P0: { respond: 15 } }
duties: { daily: { at: "9:00", every: dayly } }
checks: { a: { params: 3 } }
targets: { a: remote }
reports: ../out
`;
  assert.deepEqual(told(bad(text)), [
    ["WB032", 1, "zone", "Asia/Shanghai"],
    ["WB032", 2, "lang", "en"],
    ["WB033", 3, "services[0].id", '"…"'],
    ["WB032", 4, "severities.P0.respond", "15m | 2h | 1d | 1w"],
    ["WB032", 5, "duties.daily.at", '"09:00" | "fri 09:00" | "31 09:00" | "last 09:00"'],
    ["WB032", 5, "duties.daily.every", "daily"],
    ["WB033", 6, "checks.a.kind", '"…"'],
    ["WB032", 6, "checks.a.params", "{ … }"],
    ["WB032", 7, "targets.a", "local | { kind: … }"],
    ["WB032", 8, "reports", "docs/ops.md"],
  ]);
});

test("a literal secret is refused without being repeated", () => {
  const findings = bad("secrets:\n  token: hunter2-hunter2\n");
  assert.deepEqual(told(findings), [["WB036", 2, "secrets.token", undefined]]);
  assert.ok(!JSON.stringify(findings).includes("hunter2"));
});

test("names that nothing declares are told with the nearest one", () => {
  const text = `targets: { web-1: local }
people: { li: {} }
channels: { mail: { kind: email } }
environments: { prod: { promotesTo: stag } }
services: { a: { needs: [b] } }
rota: { main: { people: [lee] } }
severities: { P0: { channels: [mial] } }
checks: { x: { kind: disk, target: web1 } }
`;
  assert.deepEqual(
    bad(text).map(({ code, source, args }) => [code, source.line, args["key"], args["name"], args["nearest"]]),
    [
      ["WB035", 4, "environments.prod.promotesTo", "stag", "prod"],
      ["WB035", 5, "services.a.needs", "b", "a"],
      ["WB035", 6, "rota.main.people", "lee", "li"],
      ["WB035", 7, "severities.P0.channels", "mial", "mail"],
      ["WB035", 8, "checks.x.target", "web1", "web-1"],
    ],
  );
});

test("the same id twice, and limits that contradict each other, are told", () => {
  assert.deepEqual(told(bad("checks:\n  - { id: a, kind: disk }\n  - { id: a, kind: cpu }\n")), [
    ["WB034", 3, "checks[1]", "a"],
  ]);
  assert.deepEqual(
    bad("checks:\n  a: { kind: disk, bands: { bad: above, warn: 90, critical: 80 } }\n").map(({ code, source }) => [
      code,
      source.line,
    ]),
    [["WB037", 2]],
  );
});

test("broken YAML is told with its line, and hostile YAML ends", () => {
  const place = (text: string): unknown => bad(text).map(({ code, source }) => [code, source.line]);
  assert.deepEqual(place("title: x\nlang: [zh\nzone: y\n"), [["WB030", 3]]);
  assert.deepEqual(place("a: 1\na: 2\n"), [["WB030", 2]]);
  const bomb =
    "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n";
  for (const text of [
    bomb,
    "[".repeat(100_000),
    "a: ".repeat(50_000),
    "{a: ".repeat(50_000),
    "x".repeat(600_000),
    "- 1",
    "just text",
  ])
    assert.equal(bad(text)[0]!.code, "WB030", text.slice(0, 20));
});

test("durations need a unit", () => {
  assert.deepEqual(["500ms", "10s", "15m", "1.5h", "1d", "1w", "10", "m", "-1s", "1 h", "1mo"].map(seconds), [
    0.5,
    10,
    900,
    5400,
    86_400,
    604_800,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the published JSON Schema is fresh and describes every key", () => {
  const published = readFileSync(join(import.meta.dirname, "..", SCHEMA_FILE), "utf8");
  assert.equal(published, `${JSON.stringify(configSchema(), null, 2)}\n`, "run: node scripts/config-schema.ts");
  const bare: string[] = [];
  const look = (schema: unknown, path: string): void => {
    if (schema === null || typeof schema !== "object") return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === "properties")
        for (const [name, entry] of Object.entries(value as Record<string, { description?: string; const?: string }>))
          if (entry.description === undefined) bare.push(`${path}.${name}`);
      look(value, key === "properties" || key === "anyOf" ? path : `${path}.${key}`);
    }
  };
  look(configSchema(), "");
  assert.deepEqual(bare, []);
});

test("every key of watchbook.yaml and of the front matter stands in the format's documentation", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/formats/book.md"), "utf8");
  const keys = Object.keys(configSchema()["properties"] ?? {});
  assert.deepEqual(
    keys.filter((key) => !page.includes(`\`${key}\``)),
    [],
  );
});

test("a list, a single value and a second document are refused with their own words", () => {
  const said = (text: string): readonly unknown[] =>
    readConfig("watchbook.yaml", text).findings.map(({ code, source, args }) => [code, source.line, args["what"]]);
  assert.deepEqual(said("- a\n- b\n"), [["WB030", 1, "yaml:NOT_A_MAP"]]);
  assert.deepEqual(said("just words\n"), [["WB030", 1, "yaml:NOT_A_MAP"]]);
  assert.deepEqual(said("title: a\n---\ntitle: b\n"), [["WB030", 2, "yaml:MULTIPLE_DOCS"]]);
});

test("a secret is named once: what uses the name gets its reference, and nothing else that is called so", () => {
  const { checks, targets } = good(`secrets: { db: "env:DB" }
targets: { app: { kind: ssh, host: app, env: { secret: db, more: x } } }
checks:
  pool: { kind: sql, params: { engine: postgres, statement: SELECT 1, connect: { password: { secret: db } } } }
  other: { kind: sql, params: { engine: postgres, statement: SELECT 1, connect: { password: { secret: "env:OTHER" } } } }
`);
  const of = (id: string) => {
    const found = checks.find((one) => one.id === id)!;
    return (found.params as { connect: { password: unknown } }).connect.password;
  };
  assert.deepEqual([of("pool"), of("other")], [{ secret: "env:DB" }, { secret: "env:OTHER" }]);
  assert.ok(JSON.stringify(targets).includes('"secret":"db"'), JSON.stringify(targets));
});
