// Which book a daemon runs: the committed one, the newest good one, and what it says of the others.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gitMark } from "../src/engine/watch/git.ts";
import { WatchbookError } from "../src/model/error.ts";
import { ask, bookFolder, CONFIG, git, MANUAL, serving, until, write } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

const commit = (root: string, message: string): string => {
  git(root, "add", "ops.md", "watchbook.yaml");
  git(root, "commit", "-q", "-m", message);
  return git(root, "rev-parse", "HEAD").trim();
};
const repository = (root: string): string => {
  git(root, "init", "-q", "-b", "main");
  return commit(root, "first");
};
const BROKEN = "title: [\n";

test("the committed revision is run, not the working tree; a commit is taken up", async (t) => {
  const root = bookFolder(t);
  const first = repository(root);
  write(root, { "ops.md": MANUAL.replace("fan", "uncommitted fan") });
  const { url } = await serving(t, root);
  const book = async () => (await ask(url, "/api/v1/book")).json;
  const before = await book();
  assert.deepEqual([before.commit, before.dirty, before.state], [first, false, "ok"]);
  const items = async () =>
    (await ask(url, "/api/v1/duties")).json.duties[0].items.map((item: { text: string }) => item.text);
  assert.ok((await items()).includes("The fan sounds healthy"));
  const second = commit(root, "second");
  await until("the second commit", async () => (await book()).commit === second);
  assert.ok((await items()).includes("The uncommitted fan sounds healthy"));
  const loaded = (await ask(url, "/api/v1/events?kind=book.loaded")).json.events;
  assert.deepEqual(
    loaded.map((event: { data: { commit: string } }) => event.data.commit),
    [first, second],
  );
});

test("a broken commit is refused and said everywhere; the last good book runs on, also over a restart", async (t) => {
  const root = bookFolder(t);
  const good = repository(root);
  const first = await serving(t, root);
  writeFileSync(join(root, "watchbook.yaml"), BROKEN);
  const bad = commit(root, "broken");
  const said = async (url: string): Promise<void> => {
    const book = await until("the refusal", async () => {
      const { json } = await ask(url, "/api/v1/book");
      return json.state === "refused" && json;
    });
    assert.equal(book.commit, good);
    assert.ok(book.refused.why !== null || book.refused.findings.length > 0, JSON.stringify(book.refused));
    assert.equal((await ask(url, "/health")).status, 503);
    assert.match((await ask(url, "/metrics")).text, /^watchbook_book_refused 1$/m);
    assert.match((await ask(url, "/")).text, /A newer manual is refused since/);
    const { troubles, duties } = (await ask(url, "/api/v1/status")).json;
    assert.equal(troubles[0].kind, "book-refused");
    assert.equal(duties.length, 1);
  };
  await said(first.url);
  await first[Symbol.asyncDispose]();
  const second = await serving(t, root);
  await said(second.url);
  const manual = await ask(second.url, "/api/v1/manual/document?file=ops.md");
  assert.equal(manual.json.commit, good, "what is run can be read");
  assert.ok((await ask(second.url, "/api/v1/events?kind=book.refused")).json.events.length >= 1);
  write(root, { "watchbook.yaml": CONFIG });
  const mended = commit(root, "mended");
  assert.notEqual(mended, bad);
  const book = await until("the mended book", async () => {
    const { json } = await ask(second.url, "/api/v1/book");
    return json.state === "ok" && json;
  });
  assert.deepEqual([book.commit, book.refused], [mended, null]);
});

for (const [what, files] of [
  ["a watchbook.yaml that cannot be read", { "watchbook.yaml": BROKEN }],
  ["a manual that is no longer text", { "ops.md": "# Beacon\n\0\n" }],
] as const)
  test(`a manual with errors runs on too when the next commit brings ${what}`, async (t) => {
    // A dead link is an error of its own: the book that runs is flawed before the broken commit comes.
    const root = bookFolder(t, { "ops.md": `${MANUAL}\n[gone](gone.md)\n` });
    const flawed = repository(root);
    const { url } = await serving(t, root);
    assert.equal((await ask(url, "/api/v1/book")).json.state, "flawed");
    write(root, files);
    commit(root, "broken");
    const book = await until("the refusal", async () => {
      const { json } = await ask(url, "/api/v1/book");
      return json.refused !== null && json;
    });
    assert.equal(book.commit, flawed);
    assert.equal((await ask(url, "/api/v1/status")).json.duties.length, 1);
    write(root, { "watchbook.yaml": CONFIG, "ops.md": MANUAL });
    const mended = commit(root, "mended");
    await until("the mended book", async () => (await ask(url, "/api/v1/book")).json.commit === mended);
  });

test("a folder outside of git is run as it lies there, and read again when a manual changes", async (t) => {
  const root = bookFolder(t);
  const { url } = await serving(t, root);
  const book = async () => (await ask(url, "/api/v1/book")).json;
  const { digest, dirty, commit: none } = await book();
  assert.deepEqual([dirty, none], [true, null]);
  write(root, { "ops.md": MANUAL.replace("# Beacon", "# New beacon") });
  await until("another digest", async () => (await book()).digest !== digest);
  assert.equal((await ask(url, "/api/v1/events?kind=book.loaded")).json.events.length, 2);
});

test("at the first start there is nothing better than a manual with errors: it is run and its errors are shown", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": BROKEN });
  const { url } = await serving(t, root);
  const book = (await ask(url, "/api/v1/book")).json;
  assert.deepEqual([book.state, book.refused, book.findings.error > 0], ["flawed", null, true]);
  const [trouble] = (await ask(url, "/api/v1/status")).json.troubles;
  assert.equal(trouble.kind, "book-errors");
  assert.match(trouble.say, /watchbook\.yaml:\d+/);
  await assert.rejects(
    serving(t, join(root, "nowhere")),
    (error) => error instanceof WatchbookError && error.exit === 2,
  );
});

test("every way in which HEAD moves changes the mark: commit, branch, detached, packed, worktree", async (t) => {
  const root = bookFolder(t);
  repository(root);
  const seen = new Set<string>();
  const mark = async (what: string, of = root): Promise<void> => {
    const found = (await gitMark(of)) ?? "none";
    assert.ok(!seen.has(found), `${what}: ${found}`);
    seen.add(found);
  };
  await mark("first");
  assert.equal(await gitMark(join(root, "nowhere-below")), await gitMark(root));
  write(root, { "ops.md": `${MANUAL}\nMore.\n` });
  commit(root, "second");
  await mark("commit");
  git(root, "checkout", "-q", "-b", "other");
  await mark("branch");
  git(root, "pack-refs", "--all");
  await mark("packed");
  git(root, "checkout", "-q", "--detach", "HEAD~1");
  await mark("detached");
  const tree = join(folder(t), "tree");
  git(root, "worktree", "add", "-q", tree, "main");
  const before = await gitMark(tree);
  write(tree, { "ops.md": `${MANUAL}\nIn the tree.\n` });
  commit(tree, "third");
  assert.notEqual(await gitMark(tree), before);
  const outside = folder(t);
  assert.equal(await gitMark(outside), undefined);
});
