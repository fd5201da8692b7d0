// The committed tree, read through git, and whether the folder differs from it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import { compileBook } from "../src/book/compile/compile.ts";
import { openBook } from "../src/book/open.ts";
import { commitFiles } from "../src/book/read/commit.ts";
import { folderFiles } from "../src/book/read/folder.ts";
import { gitIgnored, without } from "../src/book/read/git-ignored.ts";
import { loadManuals } from "../src/book/read/load.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { localTarget } from "../src/kinds/targets/local.ts";
import { folder } from "./kit/folder.ts";

const parsed = localTarget.params.safeParse(undefined);
assert.ok(parsed.success);
const reach = await localTarget.open("local", parsed.data, "/");

function git(root: string, ...args: string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" }).trim();
}
function write(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
function commit(root: string): string {
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "manual");
  return git(root, "rev-parse", "HEAD");
}

test("a commit gives the same book as a clean folder, whatever the names are", async (t) => {
  const root = folder(t);
  write(root, "watchbook.yaml", "title: Gateway\n");
  write(root, "README.md", "# 手册\n\n[a](docs/a%20b.md)\n");
  write(root, "docs/a b.md", "\uFEFF# A\r\n");
  write(root, "docs/line\nbreak.md", "# B\n");
  write(root, "docs/值班.md", "# C\n");
  write(root, "empty.md", "");
  write(root, "run.sh", "true\n");
  const head = commit(root);
  const committed = await compileBook(commitFiles(reach, root, head));
  const plain = await compileBook(folderFiles(root));
  assert.equal(committed.digest, plain.digest);
  assert.deepEqual(committed.documents, plain.documents);
  assert.deepEqual(committed.files, plain.files);
});

test("a commit is not the working tree: what is changed or not added does not show", async (t) => {
  const root = folder(t);
  write(root, "a.md", "# old\n");
  const head = commit(root);
  write(root, "a.md", "# new\n");
  write(root, "b.md", "# b\n");
  const { manuals } = await loadManuals(commitFiles(reach, root, head), []);
  assert.deepEqual(
    manuals.map(({ file, text }) => [file, text]),
    [["a.md", "# old\n"]],
  );
});

test("the book may lie in a folder of a larger repository", async (t) => {
  const root = folder(t);
  write(root, "src/x.md", "# no\n");
  write(root, "ops/a.md", "# yes\n");
  const head = commit(root);
  const files = commitFiles(reach, join(root, "ops"), head);
  assert.deepEqual(
    (await loadManuals(files, [])).manuals.map(({ file }) => file),
    ["a.md"],
  );
  assert.deepEqual([await files.has("a.md"), await files.has("b.md"), await files.has("")], [true, false, true]);
  const { dirty, commit: found } = await openBook(join(root, "ops"), { reach });
  assert.deepEqual([dirty, found], [false, head]);
  write(root, "src/x.md", "# changed outside of the book\n");
  assert.equal((await openBook(join(root, "ops"), { reach })).dirty, false);
  write(root, "ops/a.md", "# changed\n");
  assert.equal((await openBook(join(root, "ops"), { reach })).dirty, true);
});

test("broken files of a commit are refused as those of a folder are", async (t) => {
  const root = folder(t);
  write(root, "ok.md", "# ok\n");
  write(root, "gbk.md", Buffer.concat([Buffer.from("# a\nb: "), Buffer.from([0xd6, 0xd0])]));
  write(root, "nul.md", "a\u0000");
  symlinkSync("/etc/hosts", join(root, "out.md"));
  symlinkSync("ok.md", join(root, "alias.md"));
  const loaded = await loadManuals(commitFiles(reach, root, commit(root)), []);
  assert.deepEqual(
    loaded.manuals.map(({ file }) => file),
    ["ok.md"],
  );
  assert.deepEqual(loaded.others, ["alias.md"]);
  assert.deepEqual(
    loaded.findings.map(({ code, source, args }) => [code, source.file, source.line, args["offset"]]),
    [
      ["WB004", "out.md", 1, undefined],
      ["WB002", "gbk.md", 2, 7],
      ["WB001", "nul.md", 1, 1],
    ],
  );
});

test("an unknown commit is told in git's words", async (t) => {
  const root = folder(t);
  write(root, "a.md", "# a\n");
  commit(root);
  await assert.rejects(loadManuals(commitFiles(reach, root, "no-such-branch"), []), (error) => {
    assert.ok(error instanceof WatchbookError);
    assert.equal(error.code, "BOOK-GIT-FAILED");
    assert.match(String(error.args["why"]), /no-such-branch/);
    return true;
  });
});

test("a book outside of git has no commit; one in git is dirty as soon as its manual differs, not its reports", async (t) => {
  const root = folder(t);
  write(root, "watchbook.yaml", "reports: 5-reports\n");
  write(root, "a.md", "# a\n\nSee `log/check-YYYYMMDD.md`.\n");
  const outside = await openBook(root, { reach });
  assert.deepEqual([outside.commit, outside.dirty], [undefined, false]);
  git(root, "init", "--quiet");
  assert.equal((await openBook(root, { reach })).dirty, true, "a repository without a commit proves nothing");
  const head = commit(root);
  write(root, "5-reports/inspections/daily-20260101.md", "# report\n");
  write(root, "log/check-20260101.md", "# record\n");
  write(root, ".watchbook/state.md", "x");
  write(root, "run.sh", "true");
  const clean = await openBook(root, { reach });
  assert.deepEqual([clean.commit, clean.dirty], [head, false]);
  write(root, "b.md", "# not added\n");
  assert.equal((await openBook(root, { reach })).dirty, true);
  const committed = await openBook(root, { reach, committed: true });
  assert.deepEqual([committed.dirty, committed.book.documents.map(({ file }) => file)], [false, ["a.md"]]);
});

test("a book whose watchbook.yaml has errors does not open, unless asked to show what is wrong", async (t) => {
  const root = folder(t);
  write(root, "watchbook.yaml", "titel: x\n");
  write(root, "a.md", "# a\n");
  await assert.rejects(openBook(root), (error) => {
    assert.ok(error instanceof WatchbookError);
    assert.deepEqual([error.code, error.source], ["BOOK-CONFIG-WRONG", { file: "watchbook.yaml", line: 1 }]);
    return true;
  });
  const { book } = await openBook(root, { tolerant: true });
  assert.equal(book.findings[0]?.code, "WB031");
});

test("what git leaves out is no manual, whatever its name; a committed file and one named on its own are", async (t) => {
  const root = folder(t);
  write(root, ".gitignore", "build/\ndrafts/*\n!drafts/kept.md\nown.md\ncommitted.md\n");
  for (const path of ["README.md", "build/docs/made.md", "drafts/kept.md", "drafts/wild.md", "own.md", "a b/x.md"])
    write(root, path, `# ${path}\n`);
  write(root, "committed.md", "# Committed\n");
  git(root, "init", "--quiet");
  git(root, "add", "--force", "committed.md");
  const { book } = await openBook(root, { reach });
  const kept = ["README.md", "a b/x.md", "committed.md", "drafts/kept.md"];
  assert.deepEqual(
    book.documents.map(({ file }) => file),
    kept,
  );
  const left = await gitIgnored(reach, root);
  const named = await compileBook(without(await namedFiles([join(root, "own.md")]), left));
  assert.deepEqual(
    named.documents.map(({ file }) => file),
    ["own.md"],
  );
  const inside = await openBook(join(root, "build"), { reach });
  assert.deepEqual(
    inside.book.documents.map(({ file }) => file),
    ["docs/made.md"],
    "a book that lies in a folder that is left out is a book",
  );
  const { book: outside } = await openBook(folder(t), { reach });
  assert.deepEqual(outside.documents, []);
});
