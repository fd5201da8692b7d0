// The parser behind its interface: line numbers, structure, and text that only looks like structure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parser } from "../src/book/parse/markdown-it.ts";
import type { Fence, Item, List, Node, Paragraph, Table, Tree } from "../src/book/parse/tree.ts";

const tree = (...lines: string[]): Tree => parser.parse(lines.join("\n"));
const only = <K extends Node["kind"]>(parsed: Tree, kind: K): (Node & { kind: K })[] =>
  parsed.nodes.filter((node): node is Node & { kind: K } => node.kind === kind);
const items = (parsed: Tree): readonly Item[] => (only(parsed, "list")[0] as List).items;

test("lines are those of the whole file, with front matter, byte order mark and CRLF", () => {
  const text = "\uFEFF---\r\ntitle: x\r\n---\r\n# A\r\n\r\ntext\r\n\r\n```sh\r\nls\r\n```\r\n";
  const parsed = parser.parse(text);
  assert.deepEqual(parsed.frontMatter, { text: "title: x\n", line: 2, closed: true });
  assert.deepEqual(
    parsed.nodes.map((node) => [node.kind, node.line, node.end]),
    [
      ["heading", 4, 4],
      ["paragraph", 6, 6],
      ["fence", 8, 10],
    ],
  );
  assert.equal((parsed.nodes[2] as Fence).text, "ls\n");
});

test("a rule in the first line is no front matter, and front matter without an end says so", () => {
  assert.equal(tree("---", "", "text", "", "---").frontMatter, undefined);
  assert.equal(tree("---", "**bold**: x", "---").frontMatter, undefined);
  assert.equal(tree("---", "title: x", "", "text").frontMatter?.closed, false);
  assert.equal(tree("---", "---", "text").frontMatter?.text, "");
});

test("headings lose markup and {#id}, setext headings count", () => {
  const parsed = tree("# **1. Start** `now` {#go}", "", "Under", "-----");
  assert.deepEqual(
    only(parsed, "heading").map(({ text, depth, id, line }) => [text, depth, id, line]),
    [
      ["1. Start now", 1, "go", 1],
      ["Under", 2, undefined, 3],
    ],
  );
});

test("a fence inside a list item belongs to the item, its lines are true", () => {
  const parsed = tree("*   **Build**:", "    ```bash", "    make", "    ```", "", "*   **Deploy**: now");
  const [build, deploy] = items(parsed);
  assert.deepEqual([build!.lead, build!.rest, build!.text], ["Build", "", "Build:"]);
  const fence = build!.children[0] as Fence;
  assert.deepEqual([fence.line, fence.end, fence.first, fence.text, fence.closed], [2, 4, 3, "make\n", true]);
  assert.deepEqual([deploy!.lead, deploy!.rest, deploy!.line], ["Deploy", "now", 6]);
});

test("lists with blank lines that carry blanks stay one list", () => {
  const parsed = tree(
    "- **业务**：聊天",
    "    ",
    "- **原则**：",
    "    ",
    "    - 不求快",
    "        ",
    "    - 求稳",
    "    ",
  );
  const [first, second] = items(parsed);
  assert.deepEqual([first!.lead, first!.rest], ["业务", "聊天"]);
  const inner = second!.children[0] as List;
  assert.deepEqual(
    inner.items.map((item) => [item.text, item.line]),
    [
      ["不求快", 5],
      ["求稳", 7],
    ],
  );
});

test("bold leads with either colon, inside or outside, also where CommonMark sees no bold", () => {
  const leads = (text: string): unknown =>
    (parser.parse(text).nodes[0] as Paragraph).leads.map((each) => [each.lead, each.rest, each.line]);
  assert.deepEqual(leads("**编号**: A-1  \n**频率：** 每天\n**频率：**每天\n**Owner:** ops\nplain"), [
    ["编号", "A-1", 1],
    ["频率", "每天", 2],
    ["频率", "每天", 3],
    ["Owner", "ops", 4],
  ]);
  assert.deepEqual(leads("say **this**: no"), []);
});

test("task boxes are read and what only looks like one is not", () => {
  const parsed = tree("- [ ] open", "- [x] done", "- [X] DONE", "- [ ]none", "- [] none");
  assert.deepEqual(
    items(parsed).map(({ text, checked }) => [text, checked]),
    [
      ["open", false],
      ["done", true],
      ["DONE", true],
      ["[ ]none", undefined],
      ["[] none", undefined],
    ],
  );
});

test("tables: pipes in cells, missing and surplus cells, lines of rows", () => {
  const [table] = only(
    tree("", "| a | b |", "|---|:-:|", "| x \\| y | `z` |", "| 1 |", "| 1 | 2 | 3 |", "", "end"),
    "table",
  ) as [Table];
  assert.deepEqual(
    table.header.map((cell) => cell.text),
    ["a", "b"],
  );
  assert.deepEqual(
    table.rows.map((row) => [row.line, row.written, row.cells.map((cell) => cell.text)]),
    [
      [4, 2, ["x | y", "z"]],
      [5, 1, ["1", ""]],
      [6, 3, ["1", "2"]],
    ],
  );
  assert.deepEqual(table.rows[0]!.cells[1]!.spans, [{ kind: "code", text: "z", line: 4 }]);
});

test("a fence that never closes says so; indented code is told apart", () => {
  const [open] = only(tree("```bash", "ls", "", "more"), "fence");
  assert.deepEqual([open!.closed, open!.line, open!.end, open!.text], [false, 1, 4, "ls\n\nmore"]);
  const [quoted] = only(tree("> ```", "> ls", "> ```", "", "x"), "quote");
  assert.equal((quoted!.children[0] as Fence).closed, true);
  const [indented] = only(tree("text", "", "    ls", "    cat", "", "end"), "fence");
  assert.deepEqual([indented!.indented, indented!.line, indented!.end, indented!.first], [true, 3, 4, 3]);
  assert.equal(only(tree("~~~~ md {a=b}", "```", "~~~~"), "fence")[0]!.info, "md {a=b}");
});

test("spans carry their own line, code and links that run over a line end too", () => {
  const parsed = tree("one `a", "b` two [text](", "x.md) three `c`", "**bold** ~~gone~~ ![alt](i.png)");
  const { spans, text } = parsed.nodes[0] as Paragraph;
  assert.deepEqual(
    spans.map((span) => [span.kind, span.text, span.line]),
    [
      ["code", "a b", 1],
      ["link", "text", 2],
      ["code", "c", 3],
      ["strong", "bold", 4],
      ["deleted", "gone", 4],
      ["image", "alt", 4],
    ],
  );
  assert.match(text, /bold gone alt$/);
});

test("link definitions are listed with their lines, and links that use them are marked", () => {
  const parsed = tree(
    "see [docs][ops] and [ops] and [direct](a.md)",
    "",
    "[ops]: ./ops.md",
    "",
    "```",
    "[no]: x",
    "```",
  );
  assert.deepEqual(parsed.definitions, [{ label: "ops", href: "./ops.md", line: 3 }]);
  assert.deepEqual(
    (parsed.nodes[0] as Paragraph).spans.map((span) => [span.href, span.reference === true]),
    [
      ["./ops.md", true],
      ["./ops.md", true],
      ["a.md", false],
    ],
  );
});

test("hrefs stay as written", () => {
  const { spans } = tree("[a](a%20b.md#中文) [b](<c d.md>) [c](javascript:x)").nodes[0] as Paragraph;
  assert.deepEqual(
    spans.map((span) => span.href),
    ["a%20b.md#中文", "c d.md", "javascript:x"],
  );
});

test("empty and blank texts are trees without nodes", () => {
  for (const text of ["", "\uFEFF", "\n\n", " \t\r\n"]) assert.deepEqual(parser.parse(text).nodes, []);
});

test("nesting is capped at 100 and what was not read is named", () => {
  const parsed = parser.parse(`${"> ".repeat(300)}deep`);
  assert.deepEqual(parsed.limits, [{ what: "nesting", line: 1 }]);
  assert.deepEqual(parser.parse(`${"> ".repeat(50)}deep`).limits, []);
});

test("images nested without end and endless brackets come back as plain text, and are named", () => {
  const images = parser.parse("![".repeat(9000) + "a" + "](x)".repeat(9000));
  assert.equal(images.limits[0]?.what, "inline");
  assert.equal(parser.parse("[".repeat(60_000)).limits[0]?.what, "inline");
});
