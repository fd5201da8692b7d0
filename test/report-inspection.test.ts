import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import MarkdownIt from "markdown-it";
import type { Book } from "../src/model/book.ts";
import type { Inspection } from "../src/model/inspection.ts";
import { code, html, markdown } from "../src/report/escape.ts";
import { readConfig } from "../src/book/config/read.ts";
import { snippet } from "../src/report/inspection/snippet.ts";
import { besideLimits, figure, limits } from "../src/report/figure.ts";
import {
  evidencePage,
  makeReportWriter,
  renderHtml,
  reportMarkdown,
  reportView,
} from "../src/report/inspection/index.ts";
import { fill, numbered } from "../src/report/name.ts";
import { folder } from "./kit/folder.ts";
import { book, check, duty, item } from "./kit/inspection.ts";
import { inspected, reading, seen } from "./kit/runs.ts";

const GOLDEN = join(import.meta.dirname, "books/reports");

/** Compares with the golden file; WATCHBOOK_GOLDEN=write in the hands of whoever changes the shape writes it anew. */
const golden = (name: string, text: string): void => {
  const path = join(GOLDEN, name);
  if (process.env["WATCHBOOK_GOLDEN"] === "write") writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8"));
};

const zh: Partial<Book> = {
  lang: "zh",
  zone: "Asia/Shanghai",
  checks: [
    check("cpu", {}, { title: "处理器负荷" }),
    check("disk", {}, { title: "数据盘占用", source: { file: "手册.md", line: 44 } }),
    check("http", {}, { title: "健康接口" }),
  ],
  symptoms: [
    { symptom: "数据盘写满", look: "先看 logs/ 与旧备份", source: { file: "手册.md", line: 80 } },
    { symptom: "登录变慢", look: "看网关", source: { file: "手册.md", line: 81 } },
  ],
};

const before = inspected(
  "20261119T003300Z-daily-0001",
  [
    seen("看一遍处理器", { readings: [reading("cpu", { value: 40 })] }),
    seen("查数据盘", { readings: [reading("disk", { value: 81.5, outcome: "warn" })], outcome: "warn" }),
  ],
  { period: "2026-11-19", started: Date.parse("2026-11-19T00:33:00Z") },
);

const dayOf = (): Inspection =>
  inspected(
    "20261120T083300Z-daily-0002",
    [
      seen("看一遍处理器", { readings: [reading("cpu", { value: 52, elevated: true })] }),
      seen("查数据盘", {
        outcome: "fail",
        readings: [reading("disk", { value: 93.25, outcome: "fail", facts: { used: 9325, size: 10_000, _note: "x" } })],
      }),
      seen("健康接口答得对不对", {
        outcome: "unknown",
        readings: [
          {
            ...reading("http", { outcome: "unknown", reason: "timeout", args: { detail: "10 s" } }),
            value: undefined,
            bands: undefined,
          } as never,
        ],
      }),
      seen("翻一遍交接本", {
        outcome: "pass",
        tick: { by: "lin", at: Date.parse("2026-11-20T08:33:02Z"), outcome: "pass", note: "无异常" },
      }),
      seen("听听风扇", { outcome: "open", owner: "机房值班", needs: { code: "tick", args: { item: "听听风扇" } } }),
      seen("数一数连接", {
        outcome: "open",
        needs: {
          code: "declare",
          args: { item: "数一数连接", kind: "connections" },
          proposals: [{ kind: "connections", params: {}, required: ["port"], metric: "在线连接" }],
        },
      }),
    ],
    { verdict: "fail", title: "每日巡查", by: "林" },
  );

const place = {
  place: { directory: "/srv/book/.watchbook/evidence/x", leaf: 3, keyId: "k" },
  verify: "watchbook evidence verify /srv/x",
};

test("a report says the verdict, what to do with the manual's own place, figures beside limits, changes, open items and the lines to add", () => {
  const view = reportView(book(zh), [dayOf()], before, () => place);
  golden("day-zh.md", reportMarkdown(view));
});

test("two runs of one period are two sections; the second is compared with the first [M-026]", () => {
  const first = inspected("20261120T083300Z-daily-aaaa", [seen("CPU", { readings: [reading("cpu")] })]);
  const second = inspected(
    "20261120T103300Z-daily-bbbb",
    [seen("CPU", { readings: [reading("cpu", { value: 71, outcome: "warn" })], outcome: "warn" })],
    { started: Date.parse("2026-11-20T10:33:00Z"), ended: Date.parse("2026-11-20T10:33:01Z"), by: "wang" },
  );
  golden(
    "two-runs-en.md",
    reportMarkdown(reportView(book({ zone: "Asia/Shanghai" }), [first, second], undefined, () => undefined)),
  );
});

test("the page of the evidence is in both languages and names no place of this machine", () => {
  const page = evidencePage({ book: book(zh) }, dayOf());
  assert.match(page, /结论：不通过/);
  assert.match(page, /Verdict: failed/);
  assert.doesNotMatch(page, /evidence verify|首次报告|first report/);
});

test("the same report as a page: no script, nothing from elsewhere, foreign text stays text", () => {
  const evil = `<script>alert(1)</script> " onmouseover='x' & \u202e`;
  const run = {
    ...dayOf(),
    by: evil,
    items: [seen(evil, { outcome: "fail", readings: [reading("x", { outcome: "fail", facts: { first: evil } })] })],
  };
  const page = renderHtml(reportView(book(zh), [run], undefined, () => place));
  assert.doesNotMatch(page, /<script|onmouseover='|https?:|<link|<img|@import|\u202e/);
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});

const parser = new MarkdownIt({ html: true, linkify: true });
/** Text of a rendered cell, and every tag in it. */
const rendered = (
  cell: string,
): { readonly text: string; readonly tags: readonly string[]; readonly cells: number } => {
  const page = parser.render(`| a | b |\n| --- | --- |\n| ${cell} | end |\n`);
  const cells = [...page.matchAll(/<td>([\s\S]*?)<\/td>/g)].map((match) => match[1]!);
  const inner = cells[0] ?? "";
  const text = inner
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  return { text, tags: inner.match(/<[a-z/!][^>]*>/gi) ?? [], cells: cells.length };
};

const nasty = fc.oneof(
  fc.string({ maxLength: 60, unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "|",
        "`",
        "``",
        "\\",
        "<b>",
        "<!--",
        "*",
        "_",
        "[a](b)",
        "https://x.y",
        "www.x.y",
        "a@b.c",
        "&amp;",
        "&#x3c;",
        "~~",
        "$",
        "\n",
        "\r\n",
        "#",
        "中文",
        " ",
        "-",
        "1.",
        "!",
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join("")),
);

test("any text in a cell stays exactly that text: no markup, no link, no other cell", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = rendered(markdown(text));
      assert.deepEqual({ tags: shown.tags, cells: shown.cells }, { tags: [], cells: 2 }, JSON.stringify(text));
      const squeeze = (value: string): string => value.replaceAll(/[\s\p{C}]+/gu, "");
      const plain = squeeze(
        text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ""),
      );
      assert.equal(squeeze(shown.text), plain);
    }),
    { seed: 20261120, numRuns: 1500 },
  );
});

test("any text in a code span of a cell stays in it", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = rendered(code(text));
      assert.equal(shown.cells, 2, JSON.stringify(text));
      assert.deepEqual(
        shown.tags.filter((tag) => !/^<\/?code>$/.test(tag)),
        [],
      );
    }),
    { seed: 20261120, numRuns: 1500 },
  );
});

test("a log line of a megabyte is cut, between signs and not inside one", () => {
  const line = "💥".repeat(500_000);
  for (const cut of [markdown(line), code(line), html(line)]) {
    assert.ok(cut.length < 400);
    assert.ok(cut.isWellFormed());
  }
});

test("figures are read with their unit, never as a false zero", () => {
  assert.deepEqual(
    [
      figure(47.346, "%", "en"),
      figure(0, "%", "en"),
      figure(0.00001, "%", "en"),
      figure(1536, "bytes", "en"),
      figure(0.35, "seconds", "en"),
      figure(7200, "seconds", "en"),
      figure(31.5, "days", "zh"),
      figure(-3, "count", "en"),
      figure(1024 ** 3 * 2.5, "bytes/day", "en"),
    ],
    ["47.35 %", "0 %", "0.000010 %", "1.5 KiB", "350 ms", "2 h", "31.5 天", "-3", "2.5 GiB per day"],
  );
  assert.equal(limits({ bad: "below", warn: 30, critical: 7 }, "days", "en"), "warning ≤ 30 d · critical ≤ 7 d");
  assert.equal(limits(undefined, "%", "en"), "");
});

test("a value that has not reached its limit is never shown as if it had", () => {
  const bands = { bad: "above", warn: 70 } as const;
  assert.equal(besideLimits(69.999, "%", bands, "en"), "69.999 %");
  assert.equal(besideLimits(70, "%", bands, "en"), "70 %");
  assert.equal(besideLimits(42.123, "%", bands, "en"), "42.12 %");
});

test("a name pattern takes the date of the book's zone, not of UTC or of the machine [M-027]", () => {
  const at = Date.parse("2026-11-20T16:30:00Z");
  const name = (pattern: string, zone = "Asia/Shanghai"): string => fill(pattern, { at, zone, topic: "daily" });
  assert.equal(
    name("5-reports/inspections/infra-daily-inspection-YYYYMMDD.md"),
    "5-reports/inspections/infra-daily-inspection-20261121.md",
  );
  assert.equal(
    name("5-reports/inspections/infra-daily-inspection-YYYYMMDD.md", "UTC"),
    "5-reports/inspections/infra-daily-inspection-20261120.md",
  );
  assert.equal(name("r/YYYY/ops-MM/YYYY-MM-DD-<topic>.md"), "r/2026/ops-MM/2026-11-21-daily.md");
  assert.equal(name("day-YYYYMMDD-HH.md"), "day-20261121-00.md");
  assert.equal(numbered("change-20261121-XX-x.md", 3), "change-20261121-03-x.md");
});

const writing = (data: string, root: string, more: Partial<Book> = {}) => {
  const write = makeReportWriter(data);
  return (runs: readonly Inspection[], report?: string): Promise<string> =>
    write(
      { book: book({ zone: "Asia/Shanghai", ...more }), root },
      runs,
      undefined,
      new Map(report === undefined ? [] : [[runs[0]!.id, { report }]]),
    );
};
const run = (id: string, more: Partial<Inspection> = {}): Inspection =>
  inspected(id, [seen("CPU", { readings: [reading("cpu")] })], more);
const pattern = (report: string): Partial<Book> => ({ duties: [duty([item("CPU")], { report })] });

test("a report lies under the manual's own pattern, with its JSON twin beside it [M-027]", async (t) => {
  const root = folder(t);
  const write = writing(
    join(root, ".watchbook"),
    root,
    pattern("5-reports/inspections/infra-daily-inspection-YYYYMMDD.md"),
  );
  const path = await write([run("a")]);
  assert.equal(path, join(root, "5-reports/inspections/infra-daily-inspection-20261120.md"));
  const twin = JSON.parse(readFileSync(path.replace(/md$/, "json"), "utf8"));
  assert.equal(twin.runs[0].items[0].readings[0].value, 42.5);
  assert.deepEqual(readdirSync(join(root, "5-reports/inspections")).length, 2);
});

test("numbers in a pattern are counted up and never overwrite; a second run keeps its file", async (t) => {
  const root = folder(t);
  const write = writing(join(root, ".watchbook"), root, pattern("reports/inspection-YYYYMMDD-XX.md"));
  const other = { period: "event-2", duty: "daily" };
  const paths = await Promise.all([
    write([run("a")]),
    write([run("b", other)]),
    write([run("c", { period: "event-3" })]),
  ]);
  assert.deepEqual(
    paths.toSorted(),
    ["01", "02", "03"].map((number) => join(root, `reports/inspection-20261120-${number}.md`)),
  );
  assert.equal(await write([run("b", other), run("d", other)], paths[1]), paths[1]);
});

test("a file of a person with the same name is never touched", async (t) => {
  const root = folder(t);
  mkdirSync(join(root, "reports"));
  const theirs = join(root, "reports/day-20261120.md");
  writeFileSync(theirs, "my own notes\n");
  const path = await writing(join(root, ".watchbook"), root, pattern("reports/day-YYYYMMDD.md"))([run("a")]);
  assert.equal(path, join(root, "reports/day-20261120-2026-11-20.md"));
  assert.equal(readFileSync(theirs, "utf8"), "my own notes\n");
});

test("what a person wrote into a report stays when a second run is added", async (t) => {
  const root = folder(t);
  const write = writing(join(root, ".watchbook"), root);
  const path = await write([run("a")]);
  writeFileSync(path, readFileSync(path, "utf8").replace("# Daily", "Seen by Lin.\n\n# Daily"));
  await write([run("a"), run("b")]);
  await write([run("a"), run("b"), run("c")]);
  const text = readFileSync(path, "utf8");
  assert.match(text, /Seen by Lin\./);
  assert.deepEqual(text.match(/^## Run \d/gm), ["## Run 1", "## Run 2", "## Run 3"]);
});

test("a pattern or a link that leads out of the book is refused", async (t) => {
  const root = folder(t);
  const outside = folder(t);
  const write = (report: string) => writing(join(root, ".watchbook"), root, pattern(report))([run("a")]);
  await assert.rejects(write("../x/day-YYYYMMDD.md"), { code: "REPORT-OUTSIDE" });
  symlinkSync(outside, join(root, "linked"));
  await assert.rejects(write("linked/day-YYYYMMDD.md"), { code: "REPORT-OUTSIDE" });
  assert.deepEqual(readdirSync(outside), []);
});

test("a folder that cannot be written is said with its path, and nothing half-written stays", async (t) => {
  const root = folder(t);
  writeFileSync(join(root, "reports"), "a file where a folder should be");
  await assert.rejects(writing(join(root, ".watchbook"), root, pattern("reports/day-YYYYMMDD.md"))([run("a")]), {
    code: "REPORT-NOT-WRITTEN",
  });
  if (process.getuid?.() !== 0) {
    const closed = join(root, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    await assert.rejects(writing(join(root, ".watchbook"), root, pattern("closed/day-YYYYMMDD.md"))([run("a")]), {
      code: "REPORT-NOT-WRITTEN",
    });
    assert.deepEqual(readdirSync(closed), []);
  }
  assert.equal(readFileSync(join(root, "reports"), "utf8"), "a file where a folder should be");
});

test("the lines a report proposes are good YAML of a book, also below checks that are there", () => {
  const items = ["Null", "Look at the door", "1.5 is enough"].map((text, line) => ({
    id: text.toLowerCase().replaceAll(/\W+/g, "-"),
    text,
    source: { file: "a.md", line },
    outcome: "open" as const,
    readings: [],
    needs: { code: "tick", args: { item: text } },
  }));
  const proposals = [
    { kind: "tcp", params: { address: ["<host>:80", "[::1]:443"] }, required: [] },
    { kind: "file", params: { path: "/a b: c", exists: false }, required: [] },
    { kind: "tls", params: { measure: "days" }, bands: { bad: "below", critical: 30 }, required: ["address"] },
  ] as const;
  const needs = { code: "declare", args: { item: "All", kind: "tcp" }, proposals };
  const lines = snippet([...items, { ...items[1]!, id: "all", text: "All", needs }], []);
  assert.match(lines, /params: \{ address: <address>, measure: days \}\n {4}bands: \{ bad: below, critical: 30 \}/);
  const filled = lines.replaceAll(/<program>|<argument>/g, "true").replaceAll(/<host>|<address>/g, "db");
  const fresh = readConfig("watchbook.yaml", filled);
  assert.deepEqual([fresh.findings, fresh.config.checks.length], [[], 6]);
  assert.deepEqual(fresh.config.checks[4]!.params, { path: "/a b: c", exists: false });
  const there = "checks:\n  disk:\n    kind: disk\n";
  const added = readConfig("watchbook.yaml", there + filled.replace("checks:\n", ""));
  assert.deepEqual([added.findings, added.config.checks.length], [[], 7]);
});
