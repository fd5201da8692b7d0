// What lint says of backup sets: rows that no table has, sets that nothing is asked of, promises that nothing keeps.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { join } from "node:path";
import { openBook } from "../src/book/open.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { write } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

const TABLE = [
  "# Shop",
  "",
  "## Backup",
  "",
  "| Data | Backup frequency | Retention | Location |",
  "| --- | --- | --- | --- |",
  "| Orders | daily | 7 days | local |",
  "| Keys | on creation | forever | safe |",
  "",
].join("\n");

async function codes(t: TestContext, backups: string, table = TABLE): Promise<readonly string[]> {
  const root = folder(t);
  write(root, { "README.md": table, "watchbook.yaml": `lang: en\nenvironments: { prod: {} }\n${backups}` });
  const { book } = await openBook(root);
  const found = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts: new Map() });
  return found
    .filter(({ code }) => ["WB043", "WB331", "WB332", "WB333", "WB334", "WB335", "WB303"].includes(code))
    .map(
      ({ code, args, source }) =>
        `${code} ${String(args["backup"] ?? args["data"] ?? args["id"])} ${join(source.file)}:${source.line}`,
    )
    .toSorted();
}

const part = "    parts: { files: { kind: files, path: /srv/shop } }\n";

test("a typing mistake in data, an unproven and an unasked set, and an untaken row are each found", async (t) => {
  assert.deepEqual(await codes(t, `backups:\n  shop:\n    data: [Ordrs]\n    into: /b\n${part}`), [
    "WB043 shop watchbook.yaml:4",
    "WB303 restore-shop watchbook.yaml:4",
    "WB331 shop watchbook.yaml:4",
    "WB332 Keys README.md:8",
    "WB332 Orders README.md:7",
  ]);
});

test("a set that is asked and fulfils its rows is not complained of; a book without sets neither", async (t) => {
  const probes = "    restore: { probes: { there: { kind: shell, risk: read, with: { script: 'true' } } } }\n";
  assert.deepEqual(await codes(t, `backups:\n  shop:\n    data: [Orders, Keys]\n    into: /b\n${part}${probes}`), [
    "WB303 restore-shop watchbook.yaml:4",
  ]);
  assert.deepEqual(await codes(t, ""), []);
});

test("a set that does less than the manual promises is found: rarer, kept shorter, in fewer places", async (t) => {
  const of = async (said: string, data = "Orders", kept = "7 days"): Promise<readonly string[]> => {
    const rows = TABLE.replace("| Orders | daily | 7 days | local |", `| Orders | daily | ${kept} | local + remote |`);
    const found = await codes(t, `backups:\n  shop:\n    data: [${data}]\n    into: /b\n${said}${part}`, rows);
    return found.flatMap((one) => /^WB33[345]/.exec(one) ?? []);
  };
  const also = "    also: [{ folder: /nas }]\n";
  assert.deepEqual(await of(""), ["WB335"], "what the set does not say is as the manual has it");
  assert.deepEqual(await of(also), []);
  assert.deepEqual(await of(`${also}    every: weekly\n`), ["WB333"]);
  assert.deepEqual(await of(`${also}    every: hourly\n`), []);
  for (const short of ["{ copies: 6 }", "{ days: 6 }", "{ daily: 3 }"])
    assert.deepEqual(await of(`${also}    keep: ${short}\n`), ["WB334"], short);
  for (const enough of ["{ copies: 7 }", "{ days: 7 }", "{ daily: 2, weekly: 4 }", "{ monthly: 1 }"])
    assert.deepEqual(await of(`${also}    keep: ${enough}\n`), [], enough);
  assert.deepEqual(await of("    keep: { copies: 10 }\n", "Keys"), ["WB334"], "forever");
  for (const year of ["{ monthly: 12 }", "{ weekly: 52 }", "{ daily: 365 }"])
    assert.deepEqual(await of(`${also}    keep: ${year}\n`, "Orders", "1 year"), [], year);
  for (const less of ["{ monthly: 11 }", "{ weekly: 51 }", "{ daily: 350 }"])
    assert.deepEqual(await of(`${also}    keep: ${less}\n`, "Orders", "1 year"), ["WB334"], less);
  assert.deepEqual(await of(`${also}    every: monthly\n    keep: { days: 30 }\n`, "Orders", "1 copy"), ["WB333"]);
});
