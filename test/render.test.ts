import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { openBook } from "../src/book/open.ts";
import { inputOf } from "../src/cli/render/input.ts";
import type { Call } from "../src/cli/verb.ts";
import { renderers } from "../src/kinds/renderers/index.ts";
import { registry } from "../src/kinds/registry.ts";
import { plain } from "../src/kinds/renderers/text/template.ts";
import { seriesIn } from "../src/kinds/renderers/promql/series-in.ts";
import type { Rendering } from "../src/model/renderer.ts";
import { treeOf } from "./kit/tree.ts";

// test/books/render/LANG: a book, and what it must become. To accept a change after reading the difference:
// WATCHBOOK_GOLDEN=write node --test test/render.test.ts

const folder = join(import.meta.dirname, "books", "render");
/** Boards that are the same for every book: only their titles are looked at. */
const COMMON = /watchbook-(?:business|apm|infrastructure)\.json$|provisioning/;

async function rendered(lang: "en" | "zh", values: Call["values"] = {}): Promise<ReadonlyMap<string, Rendering>> {
  const opened = await openBook(join(folder, lang, "book"));
  const input = inputOf({ values }, opened, registry, lang);
  return new Map(renderers.map((renderer) => [renderer.kind, renderer.render(input)]));
}

const textsOf = (renderings: ReadonlyMap<string, Rendering>): ReadonlyMap<string, string> =>
  new Map(
    [...renderings.values()].flatMap(({ files }) =>
      files.flatMap((file) => (file.staged ? [] : [[file.path, file.text]])),
    ),
  );

const reasons = (rendering: Rendering | undefined): readonly string[] =>
  (rendering?.left ?? []).map(({ about, reason, args }) =>
    `${about}: ${reason} ${Object.values(args).join(" ")}`.trim(),
  );

for (const lang of ["en", "zh"] as const)
  test(`the book in ${lang} becomes the files beside it`, async () => {
    const files = [...textsOf(await rendered(lang, { forward: "https://watchbook.example.org/hook" }))];
    const golden = files.filter(([path]) => !COMMON.test(path));
    for (const [path, text] of golden) {
      const place = join(folder, lang, "out", path);
      if (process.env["WATCHBOOK_GOLDEN"] === "write") {
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
      assert.equal(text, readFileSync(place, "utf8"), path);
    }
    const there = readdirSync(join(folder, lang, "out"), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    assert.equal(there.length, golden.length);
    assert.ok(
      files.every(([, text]) => /sha256:[0-9a-f]{64}/.test(text)),
      "every file names its book",
    );
  });

test("boards for the business, for requests by the RED method, for machines, and one for each service [K-033]", async () => {
  const texts = textsOf(await rendered("zh"));
  const titles = (name: string): readonly string[] => {
    const board = JSON.parse(texts.get(`grafana/dashboards/watchbook-${name}.json`)!) as {
      title: string;
      panels: { title: string }[];
    };
    return [board.title, ...board.panels.map(({ title }) => title)];
  };
  assert.deepEqual(titles("business"), [
    ...["业务总览", "活跃租户", "用户数", "月度经常性收入", "每日增长", "每周增长", "API 调用量前 10 的租户"],
  ]);
  assert.deepEqual(titles("apm").slice(0, 4), [
    "请求（RED）",
    "速率：每秒请求数",
    "错误：5xx 与 4xx 占比",
    "耗时：P99、P95、P50",
  ]);
  assert.equal(titles("infrastructure").length, 13);
  assert.deepEqual(titles("node"), ["节点", "正在触发的告警", "未通过的检查", "活跃租户", "CPU 使用率", "磁盘使用率"]);
  assert.match(
    texts.get("grafana/dashboards/watchbook-business.json")!,
    /watchbook_check_value\{check=\\"active-tenants\\"\}/,
  );
});

test("what a version cannot say is left out, and said", async () => {
  const since = async (version: string): Promise<readonly string[]> => {
    const { left, files } = (await rendered("en", { alertmanager: version })).get("alertmanager")!;
    const lists = [...new Set(files[0]!.text.match(/\w+_configs/g))].toSorted();
    return [...lists, ...left.filter(({ reason }) => reason.startsWith("needs")).map(({ about }) => about)];
  };
  assert.deepEqual(await since("0.24"), ["slack_configs", "pager", "team", "room", "post", "Asia/Shanghai"]);
  assert.deepEqual(await since("0.25.0"), ["email_configs", "pagerduty_configs", "slack_configs", "team", "room"]);
  const teams = ["email_configs", "msteamsv2_configs", "pagerduty_configs", "slack_configs"];
  assert.deepEqual(await since("v0.28.1"), [...teams, "room"]);
  assert.deepEqual(await since("0.30"), ["email_configs", "mattermost_configs", ...teams.slice(1)]);
});

test("an alert is kept firing only by those that can: Prometheus 2.42, vmalert 1.94", async () => {
  const kept = async (values: Call["values"]): Promise<readonly [boolean, readonly string[]]> => {
    const rendering = (await rendered("en", { "keep-firing": "5m", ...values })).get("prometheus-rules")!;
    return [rendering.files[0]!.text.includes("keep_firing_for: 5m"), reasons(rendering)];
  };
  const refused = ["keep_firing_for: needs-prometheus 2.42"];
  assert.deepEqual(await kept({ prometheus: "2.41" }), [false, refused]);
  assert.deepEqual(await kept({ prometheus: "2.42" }), [true, []]);
  assert.deepEqual(await kept({ vmalert: "1.79" }), [false, refused]);
  assert.deepEqual(await kept({ vmalert: "1.94" }), [true, []]);
});

test("vmalert drops what is not a number: what goes on unseen has a value there", async () => {
  const text = (await rendered("en", { vmalert: "1.79" })).get("prometheus-rules")!.files[0]!.text;
  assert.doesNotMatch(text, /NaN/);
});

test("no secret stands in a file, only where it lies", async () => {
  const text = (await rendered("en", { alertmanager: "0.30" })).get("alertmanager")!.files[0]!.text;
  assert.match(text, /routing_key_file: \/etc\/alertmanager\/pager\n/);
  assert.match(text, /api_url_file: \/etc\/alertmanager\/secrets\/SLACK_HOOK\n/);
  assert.match(text, /auth_password_file: \/etc\/alertmanager\/secrets\/SMTP_PASSWORD\n/);
});

test("every rule names its line, and how late it may be", async () => {
  const { rules = [], files } = (await rendered("en")).get("prometheus-rules")!;
  const said = (id: string) => rules.find(({ rule }) => rule === id);
  assert.deepEqual(said("cpu.warn")?.source, { file: "manual.md", line: 7 });
  // A round of checks, its limit, a scrape, an evaluation; for the ratio its window and its time besides.
  assert.equal(said("cpu.warn")?.detectionSeconds, 20 + 10 + 10 + 5);
  assert.equal(said("too-many-errors")?.detectionSeconds, 10 + 5 + 300 + 300);
  assert.equal(files[0]!.text.match(/detection:/g)?.length, rules.length);
});

test("a book that names no interval is scraped twice as often as its quickest check, and each rule counts its own", async () => {
  const checks = (every: string) => `title: T
severities: { P1: { scale: alert } }
checks:
  page: { kind: http, params: { url: "http://10.0.0.1/", json: { at: .ok } }${every} }
  tool: { kind: command, params: { argv: [tool] }${every} }
rules: { page-down: { check: page, severity: P1 }, tool-down: { check: tool, severity: P1 } }
`;
  const late = async (yaml: string) => {
    const { book, texts } = await compileFiles(treeOf({ "README.md": "# T\n", "watchbook.yaml": yaml }), {
      zone: "UTC",
    });
    const input = inputOf({ values: {} }, { book, texts }, registry, "en");
    const { rules = [] } = renderers.find(({ kind }) => kind === "prometheus-rules")!.render(input);
    return [
      input.options.scrape,
      ...["page-down", "tool-down"].map((id) => rules.find(({ rule }) => rule === id)?.detectionSeconds),
    ];
  };
  // A reading, its limit, a scrape and an evaluation.
  assert.deepEqual(await late(checks("")), [5, 10 + 10 + 5 + 5, 60 + 10 + 5 + 5]);
  assert.deepEqual(await late(checks(", every: 20s")), [10, 20 + 10 + 10 + 5, 20 + 10 + 10 + 5]);
  assert.deepEqual(await late(`interval: 2m\n${checks("")}`), [60, 120 + 10 + 60 + 30, 120 + 10 + 60 + 30]);
});

test("Prometheus cannot tell gone from ill: of what others need that is said, unless the rule says that it is gone", async () => {
  const left = async (down: string) => {
    const yaml = `title: T
lang: en
zone: UTC
severities: { P1: { scale: alert } }
services: { db: {}, shop: { needs: [db] } }
checks:
  port: { kind: tcp, service: db, params: { address: "10.0.0.1:1" } }
  page: { kind: http, service: shop, params: { url: "http://10.0.0.1/" } }
rules: { db-down: { check: port, severity: P1${down} }, page-down: { check: page, severity: P1 } }
`;
    const { book, texts } = await compileFiles(treeOf({ "README.md": "# T\n", "watchbook.yaml": yaml }), {
      zone: "UTC",
    });
    const input = inputOf({ values: {} }, { book, texts }, registry, "en");
    const rendering = renderers.find(({ kind }) => kind === "prometheus-rules")!.render(input);
    return [reasons(rendering), / down: "true"/.test(rendering.files[0]!.text.split("book/db")[1]!)];
  };
  assert.deepEqual(await left(""), [["db-down: not-surely-down db"], false]);
  assert.deepEqual(await left(", down: true"), [[], true]);
});

test("the page about metrics names every series of rules and boards", async () => {
  const page = textsOf(await rendered("en")).get("prometheus/metrics.md")!;
  assert.match(page, /\| `watchbook_check_value` \| watchbook \| .*cpu\.warn.*Shop/);
  assert.match(page, /\| `http_requests_total` \| the application \| watchbook:check_value \|/);
  assert.match(page, /\| `probe_success` \| blackbox_exporter \| /);
  const odd = `sum by (le) (rate(a_total{x="b_total{}",y=~'c'}[5m] offset 1h)) / on (job) group_left d:e # f\n + time() - NaN`;
  assert.deepEqual(seriesIn(odd), ["a_total", "d:e"]);
});

test("the manual's braces are no template", () => {
  assert.equal(plain("{{ disk }}"), '{{ "{{" }} disk {{ "}}" }}');
});
