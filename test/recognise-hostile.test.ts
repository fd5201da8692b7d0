import { test } from "node:test";
import { strict as assert } from "node:assert";
import { emptyConfig } from "../src/book/config/empty.ts";
import { makePage } from "../src/book/compile/page.ts";
import { join } from "../src/book/recognise/found.ts";
import { recognisers } from "../src/book/recognise/index.ts";

// Input that made a naive rule hang. The limit only tells "ends" from "does not end"; speeds are measured in bench/.
const timeout = 30_000;
const size = 300_000;
const fill = (piece: string, length = size): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const table = "| 指标 | 正常 | 警告 | 严重 |\n|---|---|---|---|\n";
const own = recognisers.filter(({ name }) => !["artefacts", "runbooks"].includes(name));

const inputs: Readonly<Record<string, string>> = {
  "words of gates and objectives in long lines": fill(
    `${fill("rto ( staging before prod must be 1 先变更 不要 ", 1900)}\n`,
  ),
  "comparisons without an end": fill(`- 告警${fill("a > 1 within ", 1900)}\n`),
  "a task list after each word": `# 每日\n\n${fill("- [ ] a\n\ntext\n\n")}`,
  "boxes in boxes": fill("- [ ] a\n  - [ ] b\n"),
  "many tables": fill(`${table}| CPU | < 1% | 2% | 3% |\n\n`),
  "one long table": table + fill("| CPU | < 1% | 2% | 3% |\n"),
  "one long cell": `${table}| ${fill("1 分钟 ")} | < 1% | 2% | 3% |\n`,
  "one long heading": `# ${fill("每日 staging 检查 ")}\n\n- [ ] a\n`,
  "name patterns": Array.from({ length: 5000 }, (_, index) => `- \`a${index}-YYYYMMDD.md\``).join("\n"),
  "annotations without owner": fill("<!-- watchbook: row=a -->\n"),
  "annotations after the last list": `- a\n\n${fill("<!-- watchbook: row=a -->\n\n", 10_000)}`,
  "open brackets in a diagram": `\`\`\`mermaid\n${fill("[({")}\n\`\`\`\n`,
  digits: fill("1"),
};

for (const [name, text] of Object.entries(inputs))
  test(`recognising ends, and a second look says the same: ${name}`, { timeout }, () => {
    const page = makePage("a.md", text, emptyConfig);
    const look = () => JSON.stringify(join(own.map((recogniser) => recogniser.run(page))));
    assert.equal(look(), look());
  });
