import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Problem } from "../src/model/problem.ts";
import { insertion, rowProposal, sectionProposal } from "../src/report/problem/proposal.ts";
import { folder } from "./kit/folder.ts";

/** The page after `git apply` of a patch, in a folder of its own. */
function applied(t: TestContext, text: string, patch: string): string {
  const root = folder(t);
  writeFileSync(join(root, "ops.md"), text);
  execFileSync("git", ["init", "-q"], { cwd: root });
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: root, input: patch });
  return readFileSync(join(root, "ops.md"), "utf8");
}

const page = (text: string) => ({ file: "ops.md", text });
const TABLE = [
  "# Ops",
  "",
  "| Symptom | Cause | Look |",
  "|---|---|---|",
  "| `502` | app | nginx log |",
  "| slow | db | `top` |",
];
const known = { symptom: "502", look: "nginx log", cause: "app", source: { file: "ops.md", line: 5 } };
const row = { symptom: "uploads | stop", look: "restart worker", cause: "leak" };
const ROW = String.raw`| uploads \| stop | leak | restart worker |`;

for (const [name, end, after] of [
  ["plain", "\n", ["", "after", ""]],
  ["CRLF", "\r\n", ["", "after", ""]],
  ["at the end of the page", "\n", [""]],
  ["without an end of the last line", "\n", []],
  ["CRLF without an end of the last line", "\r\n", []],
  ["text behind it without an end", "\n", ["", "after"]],
] as const)
  test(`a row goes behind the last one of the table, each cell under its word: ${name}`, (t) => {
    const text = [...TABLE, ...after].join(end);
    const found = applied(t, text, rowProposal(page(text), known, row)!);
    assert.equal(found, [...TABLE, ROW, ...after].join(end));
  });

test("a table with two columns takes the cause beside where to look; what is no table is not touched", (t) => {
  const text = "| 现象 | 排查 |\n|---|---|\n| 502 | 看日志 |\n";
  const beside = { symptom: "502", look: "看日志", source: { file: "ops.md", line: 3 } };
  const found = applied(
    t,
    text,
    rowProposal(page(text), beside, { symptom: "上传失败", look: "重启", cause: "泄漏" })!,
  );
  assert.equal(found, `${text}| 上传失败 | 重启; 泄漏 |\n`);
  assert.equal(rowProposal(page("- 502: 看日志\n\nx\n"), beside, row), undefined);
});

test("a section at the end of a page, an empty one too; what a person wrote stays text", (t) => {
  const problem: Problem = {
    ...{ id: "prb-20261121-01", title: "Uploads *stop*", state: "known", opened: 0, notes: [] },
    ...{ incidents: ["inc-20261121-01"], cause: "<script>", workaround: "restart" },
  };
  for (const text of ["", "# Ops\n", "# Ops\n\ntext\n\n", "# Ops"]) {
    const found = applied(t, text, sectionProposal(page(text), problem, "en"));
    assert.ok(found.startsWith(text), JSON.stringify(found));
    assert.match(found, /## Known problem: Uploads \\\*stop\\\*\n\n/);
    assert.match(found, /&lt;script&gt;/);
  }
});

test("a patch of the first line applies", (t) => {
  assert.equal(applied(t, "b\nc\n", insertion(page("b\nc\n"), 0, ["a"])), "a\nb\nc\n");
});
