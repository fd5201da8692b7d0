// Every rule on a manual that has the fault and on one that looks alike and has not: false alarms are defects too.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { compileFiles } from "../src/book/compile/compile.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { namedFiles } from "../src/book/read/named.ts";

const folder = join(import.meta.dirname, "books/lint");
/** Demands of the ledger by the rule that answers them. */
const PROVES: Readonly<Record<string, string>> = {
  WB101: "[M-011 M-015 M-022]",
  WB107: "[S-002]",
  WB303: "[C-053]",
  WB306: "[S-096]",
  WB307: "[C-055]",
  WB308: "[C-049]",
  WB309: "[S-094]",
  WB502: "[M-061]",
  WB601: "[S-053]",
  WB602: "[S-063 S-086]",
  WB603: "[S-039]",
  WB605: "[S-086]",
  WB608: "[S-025]",
  WB609: "[S-095]",
  WB702: "[S-052]",
  WB703: "[S-082]",
  WB704: "[S-028]",
  WB705: "[S-087]",
  WB706: "[S-029]",
  WB708: "[M-035 M-036]",
  WB709: "[S-078]",
  WB716: "[M-035]",
  WB717: "[M-036]",
  WB710: "[S-077]",
  WB712: "[S-088]",
  WB804: "[S-037]",
  WB805: "[H-018]",
  WB806: "[H-051]",
  WB901: "[S-001]",
};

async function linesWith(code: string, path: string): Promise<readonly number[]> {
  const { book, texts } = await compileFiles(await namedFiles([path]));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts });
  return findings.filter((finding) => finding.code === code).map(({ source }) => source.line);
}

const codes = [...new Set(globSync(join(folder, "*.md")).map((path) => basename(path).slice(0, 5)))].toSorted();
for (const code of codes)
  test(`${code} is found where it is and nowhere else ${PROVES[code] ?? ""}`.trim(), async () => {
    for (const bad of globSync(join(folder, `${code}.bad*.md`))) {
      const expected = /<!-- expect: ([\d,]+) -->/.exec(readFileSync(bad, "utf8"))![1]!.split(",").map(Number);
      assert.deepEqual(await linesWith(code, bad), expected, basename(bad));
    }
    for (const good of globSync(join(folder, `${code}.good*.md`)))
      assert.deepEqual(await linesWith(code, good), [], basename(good));
  });
