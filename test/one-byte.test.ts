// What the bundle's text becomes: it must say the same in letters of one byte.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInThisContext } from "node:vm";
import { oneByte } from "../scripts/one-byte.ts";

const PADDING = `// ${"-".repeat(200)}\n`;
/** What a program without imports gives as its last value. */
const valueOf = (code: string): unknown => JSON.stringify(runInThisContext(code));

test("a program with a few wide letters becomes one of narrow letters that means the same", () => {
  const code = '["→", `≥ ${1}`, /[一-龥]+/u.exec("x值班y")?.[0], "😀".length, /^😀$/u.test("😀")]';
  const narrow = oneByte(PADDING + code);
  assert.match(narrow, /^[\u0000-\u00ff]*$/);
  assert.equal(valueOf(narrow), valueOf(code));
});

test("what would mean something else, or only grow, stays as it is", () => {
  for (const code of [
    `${PADDING}const a = String.raw\`→\`;`,
    `${PADDING}const a = /\\、/;`,
    "const words = ['值班手册', '巡检与演练'];",
    `${PADDING}const plain = 1;`,
  ])
    assert.equal(oneByte(code), code);
});
