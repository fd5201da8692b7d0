// Front matter, annotations, and text that only looks like structure.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Book } from "../src/model/book.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { compileText } from "../src/book/compile/text.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { treeOf } from "./kit/tree.ts";

const compile = (files: Readonly<Record<string, string>>): Promise<Book> => compileBook(treeOf(files), { zone: "UTC" });
const text = (...lines: string[]): string => `${lines.join("\n")}\n`;

test("front matter: our key is read, shell and cwd are taken over, other keys are left alone", async () => {
  const book = await compile({
    "a.md": text(
      "---",
      "title: x",
      "weight: 10",
      "tags: [a, b]",
      "shell: bash",
      "watchbook:",
      "  service: gw",
      "  kind: runbook",
      "  owner: ops",
      "  status: planned",
      "---",
      "# A",
    ),
  });
  const [document] = book.documents;
  assert.deepEqual(
    [document!.service, document!.kind, document!.owner, document!.status, document!.sections[0]!.source.line],
    ["gw", "runbook", "ops", "planned", 12],
  );
  const { page } = compileText("a.md", text("---", "shell: zsh", "cwd: /srv", "---", "x"));
  assert.deepEqual([page.front.shell, page.front.cwd], ["zsh", "/srv"]);
});

test("mistakes in front matter are told with line and nearest spelling", () => {
  const found = (...lines: string[]): unknown =>
    compileText("a.md", text("---", ...lines, "---", "# A")).findings.map(({ code, source, args }) => [
      code,
      source.line,
      args["nearest"] ?? args["expected"],
    ]);
  assert.deepEqual(found("watchbook:", "  servce: gw", "  status: done"), [
    ["WB012", 3, "service"],
    ["WB013", 4, "landed | optional | planned"],
  ]);
  assert.deepEqual(found("watchbook:", "  targets: { prod: gw-1 }"), [["WB022", 3, undefined]]);
  assert.deepEqual(found("a: 1", "b: [1"), [["WB011", 3, undefined]]);
  assert.deepEqual(found("watchbook: yes"), [["WB013", 2, "service, kind, owner, status, objectives"]]);
  assert.deepEqual(compileText("a.md", "---\ntitle: x\n\n# A\n").findings[0]?.code, "WB010");
});

test("front matter that is a list, a single value or has a key twice is told with its line, and never silent", () => {
  const found = (...lines: string[]): unknown =>
    compileText("a.md", text("---", ...lines, "---", "# A")).findings.map(({ code, source, args }) => [
      code,
      source.line,
      args["what"],
    ]);
  assert.deepEqual(found("- title: x", "- weight: 10"), [["WB011", 2, "yaml:NOT_A_MAP"]]);
  assert.deepEqual(found("# ours", "- watchbook:", "    kind: manual"), [["WB011", 2, "yaml:NOT_A_MAP"]]);
  assert.deepEqual(found("# only words", "and more words"), [["WB011", 2, "yaml:NOT_A_MAP"]]);
  assert.deepEqual(found("title: x", "weight: 10", "title: y"), [["WB011", 4, "yaml:DUPLICATE_KEY"]]);
  assert.deepEqual(found("watchbook:", "  kind: manual", "  kind: policy"), [["WB011", 4, "yaml:DUPLICATE_KEY"]]);
  assert.deepEqual(found("# a comment alone"), []);
});

test("a rule above a list is no front matter: tasks, blank lines and prose say so, and the list is read", async () => {
  for (const lines of [
    ["- [ ] look at the lamp", "- [x] look at the fan"],
    ["", "- a", "- b", ""],
    ["- a", "", "- b"],
    ["- a", "prose that goes on"],
  ])
    assert.deepEqual(compileText("a.md", text("---", ...lines, "---", "# A")).findings, [], lines.join("|"));
  const book = await compile({ "a.md": text("---", "- [ ] x", "---", "", "# Daily checklist", "", "- [ ] lamp") });
  assert.deepEqual(
    book.duties.flatMap(({ items }) => items.map((item) => item.text)),
    ["x", "lamp"],
  );
});

test("front matter nested or long without end is refused in words", () => {
  const said = (body: string): string =>
    sayFinding(compileText("a.md", text("---", `a: ${body}`, "---")).findings[0]!, "en").say;
  assert.match(said("[".repeat(50_001)), /nested deeper than can be read/);
  assert.match(said("[".repeat(20_000)), /nested deeper than can be read/);
  assert.match(said(`"${"x".repeat(60_000)}"`), /longer than the 50,000 characters/);
});

test("a key that a comment may not have is told with the place where it is read; so is a value that means nothing", () => {
  const found = (keys: string): unknown =>
    compileText("a.md", text("# A", "", `<!-- watchbook: ${keys} -->`, "- [ ] x")).findings.map((one) => {
      const { fix } = sayFinding(one, "en");
      return [one.code, one.source.line, fix];
    });
  const fence = "Write it with `wb-` before its name into the braces of the fence it is about.";
  for (const key of ["kind", "risk", "verify", "rollback", "approve", "within", "uses"])
    assert.deepEqual(found(`${key}=read`), [["WB020", 3, fence]], key);
  for (const key of ["check", "checks"])
    assert.deepEqual(found(`${key}=disk`), [
      ["WB020", 3, "Name the item under `items:` of the check in watchbook.yaml."],
    ]);
  for (const key of ["step", "runbook"]) assert.match(JSON.stringify(found(`${key}=1`)), /WB020.*`runbooks:`/);
  for (const wrong of ["list=things", "scale=both", "every=sometimes", "status=done"])
    assert.match(JSON.stringify(found(`duty=lamp ${wrong}`)), new RegExp(`^\\[\\["WB015",3`), wrong);
});

test("every key that a list's comment may have is read", async () => {
  const book = await compile({
    "a.md": text(
      "# A",
      "",
      '<!-- watchbook: duty=lamps every=weekly at="fri 09:00" owner=li report="r/lamps-YYYYMMDD.md" -->',
      "- [ ] x",
      "",
      "<!-- watchbook: ignore=yes -->",
      "- [ ] y",
    ),
  });
  assert.deepEqual(
    book.findings.filter(({ level }) => level === "error"),
    [],
  );
  assert.deepEqual(
    book.duties.map(({ id, every, at, owner, report }) => [id, every, at, owner, report]),
    [["lamps", "weekly", "fri 09:00", "li", "r/lamps-YYYYMMDD.md"]],
  );
});

test("annotations become keys; unknown keys and unreadable ones are told; those in code are text", () => {
  const { page, findings } = compileText(
    "a.md",
    text(
      '<!-- watchbook: table=thresholds row="在线连接" query=\'sum(x{a="b"})\' for=5m -->',
      "",
      "- item",
      "  <!-- watchbook: onwer=disk -->",
      "",
      "```",
      "<!-- watchbook: table=no -->",
      "```",
      "",
      "<!-- watchbook: just words -->",
      "",
      "<!-- other: x=1 -->",
      "",
      "<!-- watchbook: check=a",
    ),
  );
  assert.deepEqual(page.annotations, [
    { line: 1, keys: { table: "thresholds", row: "在线连接", query: 'sum(x{a="b"})', for: "5m" } },
    { line: 4, keys: { onwer: "disk" } },
    { line: 10, keys: {} },
  ]);
  assert.deepEqual(
    findings
      .filter(({ code }) => code === "WB014" || code === "WB015")
      .map(({ code, source, args }) => [code, source.line, args["nearest"]]),
    [
      ["WB014", 4, "owner"],
      ["WB015", 10, undefined],
      ["WB015", 14, undefined],
    ],
  );
});

test("text that only looks like structure is told: wide pipes, boxes, bold, uneven rows", () => {
  const { findings } = compileText(
    "a.md",
    text(
      "# 表",
      "",
      "说明",
      "｜ 指标 ｜ 阈值 ｜",
      "｜---｜---｜",
      "｜ CPU ｜ 70% ｜",
      "",
      "- [ ]检查",
      "- [] 检查",
      "",
      "这是**“重点”**的事",
      "",
      "| a | b |",
      "|---|---|",
      "| 1 |",
    ),
  );
  assert.deepEqual(
    findings.filter(({ code }) => code < "WB100").map(({ code, source }) => [code, source.line]),
    [
      ["WB016", 4],
      ["WB018", 8],
      ["WB018", 9],
      ["WB019", 11],
      ["WB021", 15],
    ],
  );
  assert.deepEqual(
    compileText(
      "b.md",
      text("a ｜ b", "", "| a | b |", "|---|---|", "| 1 | 2 |", "", "- [link](x) y", "- [x] y", "**ok**: x"),
    ).page.findings,
    [],
  );
});
