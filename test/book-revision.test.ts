// What lies between two revisions of a book, as git says it.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { revisionBetween } from "../src/book/read/revision.ts";
import { openLocal } from "../src/cli/hold.ts";
import { registry } from "../src/kinds/registry.ts";
import { REVISION_LIMITS } from "../src/model/revision.ts";
import { git, write } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

test("a revision has the commits and files of the book's folder alone, the newest first, and no more than are kept", async (t) => {
  const top = folder(t);
  const root = join(top, "manual");
  mkdirSync(root);
  const commit = (message: string, files: Readonly<Record<string, string>>): string => {
    write(top, files);
    git(top, "add", "--all");
    git(top, "commit", "-q", "-m", message);
    return git(top, "rev-parse", "HEAD").trim();
  };
  git(top, "init", "-q");
  const first = commit("first", { "manual/a.md": "a", "manual/名.md": "b", "manual/c.md": "c" });
  rmSync(join(root, "c.md"));
  commit("second\n\nand why", { "manual/a.md": "A", "manual/new.md": "n" });
  const last = commit("elsewhere", { "program.c": "int main;" });
  await using reach = await openLocal(registry, root);
  const between = async (from: string | undefined, to: string) => (await revisionBetween(reach, root, from, to))!;

  const found = await between(first, last);
  assert.deepEqual(
    found.commits.map(({ author, subject }) => [author, subject]),
    [["t", "second"]],
  );
  assert.deepEqual(found.files, [
    { path: "a.md", did: "changed" },
    { path: "c.md", did: "removed" },
    { path: "new.md", did: "added" },
  ]);
  assert.deepEqual([found.more, (await between(first, first)).commits], [false, []]);
  const alone = await between(undefined, first);
  assert.deepEqual([alone.commits.map(({ id }) => id), alone.files], [[first], []]);
  assert.deepEqual((await between("0".repeat(40), first)).commits, alone.commits, "git knows it no more");
  assert.equal(await revisionBetween(reach, root, undefined, "0".repeat(40)), undefined);

  const many = Object.fromEntries(
    Array.from({ length: REVISION_LIMITS.files + 1 }, (_, n) => [`manual/many/${n}.md`, "x"] as const),
  );
  const all = await between(first, commit("many", many));
  assert.deepEqual([all.files.length, all.more], [REVISION_LIMITS.files, true]);
});
