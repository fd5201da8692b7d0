// A path alone is judged by the book it lies in: never by a key or a book that somebody laid into the evidence itself.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { test, type TestContext } from "node:test";
import { FILES } from "../src/evidence/files.ts";
import { callIn, evidenceBook } from "./kit/evidence-book.ts";
import { record, recorder } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

const outside = async (t: TestContext, path: string) => {
  const { status, stdout } = await callIn(folder(t), "verify", path, "--json");
  const { verdict, reasons } = JSON.parse(stdout) as { verdict: string; reasons: { code: string }[] };
  return { status, verdict, codes: reasons.map(({ code }) => code) };
};

/** Evidence of somebody else, with that key and book beside it: what whoever can write into `root` puts there. */
async function plant(t: TestContext, root: string, yaml = "evidence: .\n"): Promise<string> {
  const own = folder(t);
  const mine = { ...recorder(own), keys: join(own, "evidence", "keys") };
  const { directory } = await record(mine, "run-1");
  rmSync(join(mine.keys, "evidence.pem"));
  mkdirSync(root, { recursive: true });
  cpSync(mine.root, root, { recursive: true });
  writeFileSync(join(root, "watchbook.yaml"), yaml);
  return join(root, relative(mine.root, directory));
}

test("a key and a book that lie in the evidence folder are not believed", async (t) => {
  const { to, places } = await evidenceBook(t, { cpu: 95 });
  const honest = await outside(t, places[0]!.directory);
  assert.deepEqual([honest.status, honest.verdict], [3, "fail"]);
  rmSync(to.root, { recursive: true });
  const forged = await plant(t, to.root);
  for (const path of [forged, join(forged, FILES.env)]) {
    const { status, verdict, codes } = await outside(t, path);
    assert.deepEqual([status, verdict, codes], [2, "refused", ["stranger"]], path);
  }
  for (const cwd of [to.root, forged]) assert.equal((await callIn(cwd, "verify", forged)).status, 2, cwd);
});

test("nor are they where nothing above knows of this folder, or where it is the book's own", async (t) => {
  const bare = join(folder(t), "evidence");
  const { status, codes } = await outside(t, await plant(t, bare));
  assert.deepEqual([status, codes[0]], [2, "no-signers"]);
  const book = folder(t);
  writeFileSync(join(book, "watchbook.yaml"), "evidence: proofs\n");
  const second = await outside(t, await plant(t, join(book, "proofs")));
  assert.deepEqual([second.status, second.codes[0]], [2, "no-signers"]);
});

test("nor deeper in it: as a folder of evidence of its own, as a copy, or for a file by itself", async (t) => {
  const { to } = await evidenceBook(t, { cpu: 95 });
  const deep = await plant(t, join(to.root, "a/b/.watchbook/evidence"));
  cpSync(join(dirname(dirname(dirname(deep))), "keys"), join(to.root, "a/b/.watchbook/keys"), { recursive: true });
  writeFileSync(join(to.root, "a/b/watchbook.yaml"), "title: t\n");
  assert.equal((await outside(t, deep)).verdict, "refused");
  const forged = await plant(t, join(to.root, "x"), "evidence: elsewhere\n");
  for (const copy of ["copy", "x/copy", "x/a/b/c/copy", `x/2026/11/${basename(forged)}-copy`]) {
    cpSync(forged, join(to.root, copy), { recursive: true });
    assert.equal((await outside(t, join(to.root, copy))).verdict, "refused", copy);
  }
  const file = join(to.root, "x/some.env");
  writeFileSync(join(to.root, "x/watchbook.yaml"), "evidence: .\nsigners: signers\n");
  const { stdout } = await callIn(to.root, "key", "--data", join(to.root, "x"));
  writeFileSync(join(to.root, "x/signers"), stdout);
  cpSync(join(forged, FILES.env), file);
  assert.notEqual((await outside(t, file)).verdict, "pass");
});

test("a bundle, a book with signers, and a book in a folder with another one are found by a path alone", async (t) => {
  const { root, to, places, call } = await evidenceBook(t, {});
  const { directory } = places[0]!;
  assert.equal((await outside(t, directory)).verdict, "pass");
  const bundle = join(folder(t), "bundle");
  assert.equal((await call("export", directory, "-o", bundle)).status, 0);
  const there = await outside(t, join(bundle, "evidence", relative(to.root, directory)));
  assert.deepEqual([there.verdict, there.codes.includes("own-key")], ["pass", false]);
  writeFileSync(join(root, "signers"), (await call("key")).stdout);
  writeFileSync(join(root, "watchbook.yaml"), "title: t\nsigners: signers\n");
  assert.deepEqual((await outside(t, directory)).codes, []);
  const outer = folder(t);
  for (const yaml of ["title: outer\n", "title: [\n"]) {
    writeFileSync(join(outer, "watchbook.yaml"), yaml);
    const inner = join(outer, "books", yaml.length.toString());
    cpSync(root, inner, { recursive: true });
    assert.equal((await outside(t, join(inner, relative(root, directory)))).verdict, "pass", yaml);
  }
});
