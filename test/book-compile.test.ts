// From files to a Book: documents, sections, links, digest, checks and duties.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Book } from "../src/model/book.ts";
import { compileBook, compileFiles } from "../src/book/compile/compile.ts";
import { compileText } from "../src/book/compile/text.ts";
import { treeOf } from "./kit/tree.ts";

const compile = (files: Readonly<Record<string, string>>): Promise<Book> => compileBook(treeOf(files), { zone: "UTC" });
const text = (...lines: string[]): string => `${lines.join("\n")}\n`;
const links = (book: Book): unknown =>
  book.documents.flatMap(({ links }) => links.map(({ href, state, target, anchor }) => [href, state, target, anchor]));

test("a Chinese data block: number, version, state, author, reviewer not signed [S-001]", () => {
  const { page } = compileText(
    "ops.md",
    text(
      "# 运维手册",
      "## Operations Manual",
      "",
      "**文档编号**: OPS-7  ",
      "**版本**: 2.1  ",
      "**日期**: 2026-3-9  ",
      "**状态**: 已批准  ",
      "**作者**: 平台组  ",
      "**审核人**: 待签字",
      "",
      "## 1. 引言",
      "",
      "**原则**: 不算",
      "",
      "## 9. 批准签字",
      "",
      "**负责人**: ________ 日期: ______",
      "",
      "**经理**: 王明 日期: 2026-03-10",
    ),
  );
  const { document } = page;
  assert.deepEqual(
    document.data.map(({ key, value, source }) => [key, value, source.line]),
    [
      ["number", "OPS-7", 4],
      ["version", "2.1", 5],
      ["date", "2026-3-9", 6],
      ["state", "已批准", 7],
      ["author", "平台组", 8],
      ["reviewer", "待签字", 9],
    ],
  );
  assert.deepEqual([document.kind, document.lang, document.updated], ["manual", "zh", "2026-03-09"]);
  assert.deepEqual(
    document.signatures.map(({ role, signed, source }) => [role, signed, source.line]),
    [
      ["审核人", false, 9],
      ["负责人", false, 17],
      ["经理", true, 19],
    ],
  );
});

test("an English data block as a list or a table; unknown labels stay beside known ones", () => {
  const list = compileText(
    "a.md",
    text("# Failover runbook", "", "- Owner: storage team", "- Version: 3", "- Pager: 555", "", "## Steps"),
  );
  assert.deepEqual(
    list.page.document.data.map(({ key, value }) => [key, value]),
    [
      ["owner", "storage team"],
      ["version", "3"],
      ["Pager", "555"],
    ],
  );
  assert.deepEqual([list.page.document.kind, list.page.document.owner], ["runbook", "storage team"]);
  const table = compileText(
    "b.md",
    text("# Access policy", "", "| Field | Value |", "|---|---|", "| Owner | sec |", "| Last updated | 2026-01-02 |"),
  );
  assert.deepEqual(
    [table.page.document.owner, table.page.document.updated, table.page.document.kind],
    ["sec", "2026-01-02", "policy"],
  );
  const prose = compileText("c.md", text("# Notes", "", "- Disk: almost full", "- Memory: fine", "- Owner: nobody"));
  assert.deepEqual(prose.page.document.data, []);
});

test("baseline, status and what sections inherit of it [C-001 C-002]", () => {
  const { page } = compileText(
    "ops.md",
    text(
      "# 操作手册",
      "",
      "## 对齐信息",
      "",
      "- 对齐基线：main@0123456789abcdef0123456789abcdef01234567",
      "- 实现状态：已落地（仓库范围）",
      "- 最后更新：2026-02-11",
      "",
      "## 现状（已落地，可执行）",
      "",
      "### 1. 预检",
      "",
      "## 扩展（可选）",
      "",
      "### 2. 多活",
      "",
      "### 3. 迁移（规划中）",
      "",
      "## Planned maintenance",
    ),
  );
  const { document } = page;
  assert.equal(document.status, "landed");
  assert.deepEqual(document.baseline, {
    branch: "main",
    commit: "0123456789abcdef0123456789abcdef01234567",
    source: { file: "ops.md", line: 5 },
  });
  assert.deepEqual(
    document.sections.map(({ title, status }) => [title, status]),
    [
      ["操作手册", "landed"],
      ["对齐信息", "landed"],
      ["现状（已落地，可执行）", "landed"],
      ["1. 预检", "landed"],
      ["扩展（可选）", "optional"],
      ["2. 多活", "optional"],
      ["3. 迁移（规划中）", "planned"],
      ["Planned maintenance", "landed"],
    ],
  );
});

test("sections: ends, paths, GitHub slugs with their numbers, explicit ids", () => {
  const { page } = compileText(
    "a.md",
    text("intro", "", "# A & B", "## C!", "x", "## C!", "### D {#d-id}", "", "# 中文 标题（一）"),
  );
  assert.deepEqual(
    page.document.sections.map(({ source, end, slug, path }) => [source.line, end, slug, path.join("/")]),
    [
      [3, 8, "a--b", "A & B"],
      [4, 5, "c", "A & B/C!"],
      [6, 8, "c-1", "A & B/C!"],
      [7, 8, "d-id", "A & B/C!/D"],
      [9, 9, "中文-标题一", "中文 标题（一）"],
    ],
  );
  assert.deepEqual(
    [page.parts[0]!.section.depth, page.parts[0]!.section.title, page.parts[0]!.nodes.length],
    [0, "", 1],
  );
});

test("links: ok, dead, dead anchor, outside, external, site, pattern; encoded names and folders", async () => {
  const book = await compile({
    "README.md": text(
      "# Top {#top-id}",
      "[a](docs/a%20b.md) [b](docs/a%20b.md#part-two) [c](docs/a%20b.md#gone) [d](docs/none.md) [e](../up.md)",
      "[f](https://example.com) [g](mailto:a@example.com) [h](#top-id) [i](#nope) [j](docs/) [k](docs) [l](/docs/a%20b.md) [m](/built/page)",
      "[n](docs/guide) [o](docs/guide.html) [p]({{<ref>}}) [q](docs/r-YYYYMMDD.md) [r](run.sh) [s](docs/a%20b.md?plain=1#named)",
    ),
    "docs/a b.md": text("# A", "## Part two", '<a name="named"></a>'),
    "docs/guide.md": "# G",
    "run.sh": "",
  });
  assert.deepEqual(links(book), [
    ["docs/a%20b.md", "ok", "docs/a b.md", undefined],
    ["docs/a%20b.md#part-two", "ok", "docs/a b.md", "part-two"],
    ["docs/a%20b.md#gone", "dead-anchor", "docs/a b.md", "gone"],
    ["docs/none.md", "dead", "docs/none.md", undefined],
    ["../up.md", "outside", undefined, undefined],
    ["https://example.com", "external", undefined, undefined],
    ["mailto:a@example.com", "external", undefined, undefined],
    ["#top-id", "ok", "README.md", "top-id"],
    ["#nope", "dead-anchor", "README.md", "nope"],
    ["docs/", "ok", "docs", undefined],
    ["docs", "ok", "docs", undefined],
    ["/docs/a%20b.md", "ok", "docs/a b.md", undefined],
    ["/built/page", "site", "built/page", undefined],
    ["docs/guide", "site", "docs/guide", undefined],
    ["docs/guide.html", "site", "docs/guide.html", undefined],
    ["{{<ref>}}", "site", undefined, undefined],
    ["docs/r-YYYYMMDD.md", "pattern", undefined, undefined],
    ["run.sh", "ok", "run.sh", undefined],
    ["docs/a%20b.md?plain=1#named", "ok", "docs/a b.md", "named"],
  ]);
});

test("paths in code spans are links: from the root or beside the file, dead when absent; bare names only where they exist [M-011 M-015 M-022]", async () => {
  const book = await compile({
    "guide.md": text(
      "``1-docs/ARCH/env.md`` `1-docs/none.md` `notes.md` `env.md` `5-reports/x-YYYYMMDD-XX-<topic>.md` `cat a.md`",
      "",
      "```",
      "`1-docs/no.md`",
      "```",
    ),
    "1-docs/ARCH/env.md": "`nginx.md`",
    "1-docs/ARCH/nginx.md": "# N",
  });
  assert.deepEqual(links(book), [
    ["nginx.md", "ok", "1-docs/ARCH/nginx.md", undefined],
    ["1-docs/ARCH/env.md", "ok", "1-docs/ARCH/env.md", undefined],
    ["1-docs/none.md", "dead", "1-docs/none.md", undefined],
    ["env.md", "ok", "1-docs/ARCH/env.md", undefined],
    ["5-reports/x-YYYYMMDD-XX-<topic>.md", "pattern", undefined, undefined],
  ]);
});

test("a dead definition is told once, at the definition", async () => {
  const book = await compile({ "a.md": text("[x][ops] [y][ops]", "", "[ops]: gone.md") });
  assert.deepEqual(
    book.documents[0]!.links.map(({ origin, state, source }) => [origin, state, source.line]),
    [["definition", "dead", 3]],
  );
});

test("the digest covers manuals and watchbook.yaml, not reports, evidence or other files, and not the order of reading", async () => {
  const base = { "a.md": "# A\n\nWrite `log/day-YYYYMMDD.md`.\n", "watchbook.yaml": "reports: out\n" };
  const { digest } = await compile(base);
  assert.match(digest, /^sha256:[0-9a-f]{64}$/);
  const same = await compile({
    "x.sh": "1",
    "out/r.md": "# r",
    "out/sub/r.md": "# r",
    "log/day-20260101.md": "# d",
    ".watchbook/s.md": "s",
    ...base,
  });
  assert.equal(same.digest, digest);
  assert.deepEqual(
    same.documents.map(({ file }) => file),
    ["a.md"],
  );
  assert.deepEqual(same.files.includes("log/day-20260101.md"), true);
  for (const change of [{ "a.md": "# B" }, { "watchbook.yaml": "reports: other\n" }, { "b.md": "" }])
    assert.notEqual((await compile({ ...base, ...change })).digest, digest);
});

test("past reports are no part of the manual: their tables are no thresholds and their lists no duties", async () => {
  const report = text(
    "# 每日巡检",
    "",
    "| 指标 | 警告阈值 | 严重阈值 |",
    "|---|---|---|",
    "| CPU 使用率 | 1% | 2% |",
    "",
    "## 每日检查清单",
    "",
    "- [x] 检查磁盘",
  );
  const book = await compile({ "ops.md": "# 运维\n", "5-reports/inspections/daily-20260101.md": report });
  assert.deepEqual([book.thresholds, book.duties, book.checks], [[], [], []]);
  const said = await compile({ "ops.md": "# 运维\n", "out/day.md": `---\nwatchbook: {kind: report}\n---\n${report}` });
  assert.deepEqual([said.thresholds, said.duties, said.files], [[], [], ["out/day.md"]]);
  assert.equal(said.digest, (await compile({ "ops.md": "# 运维\n" })).digest);
});

test("title, language and zone: said, else found, else given", async () => {
  const book = await compileBook(treeOf({ "README.md": "# 值班手册\n\n一切以此为准。\n", "b.md": "# B" }), {
    lang: "en",
    zone: "Asia/Tokyo",
  });
  assert.deepEqual([book.title, book.lang, book.zone], ["值班手册", "zh", "Asia/Tokyo"]);
  const said = await compile({ "a.md": "# A", "watchbook.yaml": "title: T\nlang: zh\nzone: Europe/Berlin\n" });
  assert.deepEqual([said.title, said.lang, said.zone], ["T", "zh", "Europe/Berlin"]);
  const empty = await compileBook(treeOf({}), { zone: "UTC" });
  assert.deepEqual([empty.title, empty.lang, empty.documents], ["book", "en", []]);
});

test("a book is frozen to its leaves and the same files give the same book", async () => {
  const files = {
    "ops.md": text("# 手册", "", "- [ ] 检查磁盘", "", "```bash", "df -h", "```"),
    "b.md": "# B\n\n[x](ops.md)\n",
  };
  const [one, two] = [await compile(files), await compile(files)];
  assert.deepEqual(one, two);
  const thawed = (value: unknown): boolean =>
    typeof value === "object" && value !== null && (!Object.isFrozen(value) || Object.values(value).some(thawed));
  assert.equal(thawed(one), false);
});

test("the texts of a book are handed out beside it, not inside it", async () => {
  const { book, texts } = await compileFiles(treeOf({ "a.md": "# unusual-word\n", "watchbook.yaml": "title: T\n" }));
  assert.deepEqual(
    [...texts],
    [
      ["a.md", "# unusual-word\n"],
      ["watchbook.yaml", "title: T\n"],
    ],
  );
  assert.equal(book.title, "T");
});
