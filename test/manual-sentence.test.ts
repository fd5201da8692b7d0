// The manual's own words at a line, and where that line is read at the commit that is run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOf } from "../src/api/view/manual/sentence.ts";
import { ask, bookFolder, CONFIG, git, serving } from "./kit/daemon.ts";

test("a line is said without the signs that make it a heading, an item or a row", () => {
  assert.equal(wordsOf("## SOP-01: Restart it"), "SOP-01: Restart it");
  assert.equal(wordsOf("  - [ ] The *fan* sounds healthy"), "The *fan* sounds healthy");
  assert.equal(wordsOf("> 3. Look"), "Look");
  assert.equal(wordsOf("| CPU | < 70 % | `top` |"), "CPU · < 70 % · `top`");
  assert.equal(wordsOf(""), "");
  assert.equal(wordsOf("x".repeat(10_000)).length, 400);
});

test("only documents are quoted, never the data beside them; the address of a line names the commit", async (t) => {
  const root = bookFolder(t, { "ops/ops.md": "# Beacon\n\n- [ ] The lamp is lit\n", "ops/watchbook.yaml": CONFIG });
  git(root, "init", "-q");
  git(root, "add", "ops");
  git(root, "commit", "-qm", "first");
  git(root, "remote", "add", "origin", "https://wang:secret@git.example.org/lamps/manual.git");
  const { url } = await serving(t, `${root}/ops`);
  const at = (file: string, line: number | string) =>
    ask(url, `/api/v1/manual/sentence?file=${encodeURIComponent(file)}&line=${line}`);
  assert.deepEqual((await at("ops.md", 3)).json, { source: { file: "ops.md", line: 3 }, text: "The lamp is lit" });
  assert.equal((await at("ops.md", 999)).json.text, "");
  for (const file of ["watchbook.yaml", "../ops/ops.md", "/etc/passwd"])
    assert.equal((await at(file, 1)).json.code, "DOCUMENT-UNKNOWN", file);
  assert.equal((await at("ops.md", 0)).status, 400);
  const { web } = (await ask(url, "/api/v1/book")).json;
  const commit = git(root, "rev-parse", "HEAD").trim();
  assert.equal(web, `https://git.example.org/lamps/manual/blob/${commit}/ops/{file}#L{line}`);
});
