import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../kit/folder.ts";
import { wb } from "../kit/wb.ts";

test("init makes a book of every template in both languages that passes lint --strict", async (t) => {
  const dir = folder(t);
  for (const template of ["plain", "systemd", "compose", "k8s"])
    for (const lang of ["zh", "en"]) {
      const book = join(dir, `${template}-${lang}`);
      const made = await wb(t, "init", book, "--template", template, "--lang", lang, "--json");
      assert.equal(made.code, 0, made.err);
      const { written } = JSON.parse(made.out) as { written: readonly string[] };
      assert.ok(written.includes("watchbook.yaml") && written.includes("README.md"));
      for (const file of written) assert.doesNotMatch(readFileSync(join(book, file), "utf8"), /\{\{/, file);
      const strict = await wb(t, "lint", book, "--strict", "--lang", "en");
      assert.equal(strict.code, 0, `${template} ${lang}: ${strict.out}`);
    }
});

test("a book made by init can be inspected at once", async (t) => {
  const book = join(folder(t), "gate way");
  assert.equal((await wb(t, "init", book, "--yes", "--lang", "en")).code, 0);
  const { code, out } = await wb(t, "inspect", "--json", "--no-ask", "--book", book);
  const { items } = JSON.parse(out) as { items: readonly { check: string | null; value: number | null }[] };
  const measured = new Set(items.filter(({ value }) => value !== null).map(({ check }) => check));
  for (const kind of ["cpu", "memory", "disk"]) assert.ok(measured.has(kind), `${kind} is measured`);
  // No process is called “gate-way”, so the inspection must not pass.
  assert.equal(code, 3);
});

test("init makes a book of manuals by writing watchbook.yaml only, and never twice", async (t) => {
  const dir = folder(t);
  const manual = "# Gateway operations\n\n## Daily checklist\n\n- [ ] Check CPU\n- [ ] Read the news\n";
  mkdirSync(join(dir, "sub"));
  writeFileSync(join(dir, "README.md"), manual);
  writeFileSync(join(dir, "sub", "more.md"), "# More\n\nText.\n");
  const { code, out, err } = await wb(t, "init", dir, "--json");
  assert.equal(code, 0, err);
  const told = JSON.parse(out) as { written: string[]; found: { documents: number; duties: string[] } };
  assert.deepEqual(told.written, ["watchbook.yaml"]);
  assert.equal(told.found.documents, 2);
  assert.deepEqual(told.found.duties, ["daily-checklist (2)"]);
  assert.equal(readFileSync(join(dir, "README.md"), "utf8"), manual);
  assert.match(readFileSync(join(dir, "watchbook.yaml"), "utf8"), /^entry: README\.md$/m);
  assert.equal((await wb(t, "lint", dir)).code, 0);
  const again = await wb(t, "init", dir);
  assert.equal(again.code, 2);
  assert.match(again.err, /already/);
});

test("manuals get the title of the document that leads to the others, not of the first by name", async (t) => {
  const contacts = "# Contacts\n\n| Role | Phone |\n| --- | --- |\n| on call | 12 |\n";
  for (const [file, text] of [
    ["README.md", "# Gateway\n\nWho to call: [contacts](contacts.md)\n"],
    ["gateway.md", "# Gateway\n\nWho to call: [contacts](contacts.md). Then [more](more.md).\n"],
    ["ops.md", "# Gateway operations manual\n"],
  ] as const) {
    const dir = folder(t);
    writeFileSync(join(dir, "contacts.md"), contacts);
    writeFileSync(join(dir, "more.md"), "# More\n\nBack to [contacts](contacts.md).\n");
    writeFileSync(join(dir, file), text);
    assert.equal((await wb(t, "init", dir)).code, 0);
    assert.match(readFileSync(join(dir, "watchbook.yaml"), "utf8"), /^title: Gateway( operations manual)?$/m, file);
  }
});

test("serve in a folder without a book refuses and leaves nothing", async (t) => {
  const dir = folder(t);
  const { code, err } = await wb(t, "serve", "--book", dir, "--listen", "127.0.0.1:0");
  assert.equal(code, 2, err);
  assert.match(err, /There is no manual/);
  assert.deepEqual(readdirSync(dir), []);
});

test("init says why it makes nothing", async (t) => {
  const dir = folder(t);
  const file = join(dir, "a-file");
  writeFileSync(file, "");
  mkdirSync(join(dir, "other"));
  writeFileSync(join(dir, "other", "data.bin"), "x");
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Which folder/],
    [[file], /not a folder/],
    [[join(dir, "new")], /no terminal/],
    [[join(dir, "new"), "--template", "systemdd"], /systemd\?/],
    [[join(dir, "other")], /no manual/],
    [[join(dir, "other"), "--template", "plain"], /not empty/],
  ];
  for (const [words, why] of cases) {
    const { code, err } = await wb(t, "init", ...words);
    assert.equal(code, 2, err);
    assert.match(err, why);
  }
  assert.ok(!existsSync(join(dir, "new")));
  assert.deepEqual(readdirSync(join(dir, "other")), ["data.bin"]);
});
