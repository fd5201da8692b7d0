// Where a book's files come from, and how each bad one is refused: with its name, its place and what to do.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { WatchbookError } from "../src/model/error.ts";
import type { Finding } from "../src/model/finding.ts";
import { folderFiles } from "../src/book/read/folder.ts";
import { ignoring } from "../src/book/read/ignore.ts";
import { loadManuals } from "../src/book/read/load.ts";
import type { Loaded } from "../src/book/read/load.ts";
import { LIMITS } from "../src/book/read/manual-files.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { folder } from "./kit/folder.ts";
import { needs } from "./live/needs.ts";

function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
const load = (root: string, ignore: readonly string[] = []): Promise<Loaded> => loadManuals(folderFiles(root), ignore);
const names = (loaded: Loaded): readonly string[] => loaded.manuals.map(({ file }) => file);
const said = (findings: readonly Finding[]): unknown =>
  findings.map(({ code, source }) => [code, source.file, source.line]);
const refusal = (code: string) => (error: unknown) => error instanceof WatchbookError && error.code === code;

test("Markdown files are manuals, in the order of their paths; everything else is what links may point to", async (t) => {
  const root = folder(t);
  write(root, {
    "b.md": "b",
    "A.markdown": "a",
    "docs/c.MD": "c",
    "docs/note.txt": "n",
    "script.sh": "s",
    "watchbook.yaml": "",
    "node_modules/x/y.md": "no",
    ".git/z.md": "no",
    ".watchbook/r.md": "no",
  });
  const loaded = await load(root);
  assert.deepEqual(names(loaded), ["A.markdown", "b.md", "docs/c.MD"]);
  assert.deepEqual(loaded.others, ["docs/note.txt", "script.sh", "watchbook.yaml"]);
  assert.deepEqual(loaded.findings, []);
});

test("plain text is a manual where no Markdown lies beside it, but not the files of tools", async (t) => {
  const root = folder(t);
  write(root, {
    "ops/a.txt": "a",
    "ops/requirements.txt": "x==1",
    "docs/b.md": "b",
    "docs/b.txt": "no",
    "robots.txt": "",
  });
  assert.deepEqual(names(await load(root)), ["docs/b.md", "ops/a.txt"]);
});

test("named files are read whatever lies beside them; other kinds and absent files are refused", async (t) => {
  const root = folder(t);
  write(root, { "a.md": "a", "b.txt": "b", "sub/c.md": "c", "x.rst": "x" });
  const one = await loadManuals(await namedFiles([join(root, "b.txt")]), []);
  assert.deepEqual(names(one), ["b.txt"]);
  const some = await loadManuals(await namedFiles([join(root, "b.txt"), join(root, "sub")]), []);
  assert.deepEqual(names(some), ["b.txt", "sub/c.md"]);
  await assert.rejects(namedFiles([join(root, "x.rst")]), refusal("BOOK-NOT-MARKDOWN"));
  await assert.rejects(namedFiles([join(root, "none.md")]), refusal("FILE-NOT-FOUND"));
  await assert.rejects(namedFiles([join(root, "a.md")], join(root, "sub")), refusal("BOOK-PATH-OUTSIDE"));
});

test("ignore works as in .gitignore: names anywhere, paths from the root, whole folders", () => {
  const ignored = ignoring(["drafts", "/old/*.md", "docs/**/tmp/", "*.bak.md", "a?.md"]);
  for (const path of [
    "drafts/",
    "x/drafts/",
    "old/a.md",
    "docs/tmp/",
    "docs/a/b/tmp/",
    "x.bak.md",
    "y/x.bak.md",
    "a1.md",
    ".git/",
  ])
    assert.equal(ignored(path), true, path);
  for (const path of ["drafts.md", "x/old/a.md", "old/sub/a.md", "tmp/", "abc.md", "bak.md"])
    assert.equal(ignored(path), false, path);
});

test("ignored folders are neither read nor counted", async (t) => {
  const root = folder(t);
  write(root, { "a.md": "a", "vendor/b.md": "b", "sub/vendor/c.md": "c" });
  assert.deepEqual(names(await load(root, ["vendor/"])), ["a.md"]);
});

test("a file that is not UTF-8 is refused with line and offset; the others go on", async (t) => {
  const root = folder(t);
  write(root, {
    "good.md": "# ok",
    "gbk.md": Buffer.concat([Buffer.from("# a\nb: "), Buffer.from([0xd6, 0xd0])]),
    "cut.md": Buffer.from([0x61, 0xe4, 0xb8]),
  });
  const loaded = await load(root);
  assert.deepEqual(names(loaded), ["good.md"]);
  assert.deepEqual(said(loaded.findings), [
    ["WB002", "cut.md", 1],
    ["WB002", "gbk.md", 2],
  ]);
  assert.deepEqual(
    loaded.findings.map(({ args }) => [args["offset"], args["byte"]]),
    [
      [1, "0xe4"],
      [7, "0xd6"],
    ],
  );
});

test("NUL bytes are refused with their place", async (t) => {
  const root = folder(t);
  write(root, { "nul.md": "a\nb\u0000c", "nuls.md": `# A\n${"many words and a \u0000\n".repeat(50)}` });
  const { findings } = await load(root);
  assert.deepEqual(said(findings), [
    ["WB001", "nul.md", 2],
    ["WB001", "nuls.md", 2],
  ]);
  assert.equal(findings[0]!.args["offset"], 3);
});

test("UTF-16 of either byte order, with its mark and without, is named with the command that converts it", async (t) => {
  const root = folder(t);
  const texts = {
    en: "# Beacon\n\n- [ ] The lamp is lit\n",
    zh: "# 灯塔手册\n\n## 每日检查\n\n- [ ] 看看灯是否亮着，风扇有没有异响\n- [ ] 看看门有没有锁好\n",
  };
  for (const [lang, plain] of Object.entries(texts)) {
    const little = Buffer.from(plain, "utf16le");
    const big = Buffer.from(plain, "utf16le").swap16();
    write(root, {
      [`${lang}-le-mark.md`]: Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      [`${lang}-be-mark.md`]: Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
      [`${lang}-le.md`]: little,
      [`${lang}-be.md`]: big,
    });
  }
  const { findings } = await load(root);
  assert.deepEqual(
    findings.map(({ code, source, args }) => [code, source.file, source.line, args["encoding"]]),
    Object.keys(texts).flatMap((lang) => [
      ["WB008", `${lang}-be-mark.md`, 1, "UTF-16"],
      ["WB008", `${lang}-be.md`, 1, "UTF-16BE"],
      ["WB008", `${lang}-le-mark.md`, 1, "UTF-16"],
      ["WB008", `${lang}-le.md`, 1, "UTF-16LE"],
    ]),
  );
  assert.match(sayFinding(findings[0]!, "en").fix, /iconv -f UTF-16 -t UTF-8/);
  assert.match(sayFinding(findings[0]!, "zh").fix, /iconv -f UTF-16 -t UTF-8/);
});

test("what iconv makes of a refused UTF-16 file by the command that was named is read", async (t) => {
  if (!needs(t, "iconv")) return;
  const root = folder(t);
  for (const [name, bytes] of [
    ["marked.md", Buffer.from("\uFEFF# 甲\n乙 b\n", "utf16le")],
    ["big.md", Buffer.from("# 甲\n乙 b\n", "utf16le").swap16()],
  ] as const) {
    write(root, { [name]: bytes });
    const [finding] = (await load(root)).findings;
    const command = /iconv -f \S+ -t UTF-8/.exec(sayFinding(finding!, "en").fix)![0].split(" ");
    write(root, { [name]: execFileSync(command[0]!, [...command.slice(1), join(root, name)]) });
    const loaded = await load(root);
    assert.deepEqual([loaded.findings, loaded.manuals.at(-1)?.text], [[], "# 甲\n乙 b\n"]);
    rmSync(join(root, name));
  }
});

test("byte order mark, CRLF and empty files are read as what they are", async (t) => {
  const root = folder(t);
  write(root, { "bom.md": "\uFEFF# a\r\n", "empty.md": "" });
  const loaded = await load(root);
  assert.deepEqual(
    loaded.manuals.map(({ text }) => text),
    ["\uFEFF# a\r\n", ""],
  );
  assert.deepEqual(loaded.findings, []);
});

test("a file of 50 MB is refused without being read", async (t) => {
  const root = folder(t);
  write(root, { "big.md": "", "a.md": "a" });
  truncateSync(join(root, "big.md"), 50 * 1024 * 1024);
  const reads: string[] = [];
  const files = folderFiles(root);
  const loaded = await loadManuals({ ...files, read: (path) => (reads.push(path), files.read(path)) }, []);
  assert.deepEqual(said(loaded.findings), [["WB003", "big.md", 1]]);
  assert.deepEqual(reads, ["a.md"]);
});

test("a folder of 20,000 files is refused and the fullest folder is named", async (t) => {
  const root = folder(t);
  mkdirSync(join(root, "logs"));
  for (let index = 0; index < LIMITS.entries; index++) writeFileSync(join(root, "logs", `${index}.log`), "");
  await assert.rejects(load(root), (error) => {
    assert.ok(error instanceof WatchbookError);
    assert.deepEqual([error.code, error.args["folder"], error.args["limit"]], ["BOOK-TOO-MANY-FILES", "logs", 20_000]);
    return true;
  });
  write(root, { "a.md": "a" });
  assert.deepEqual(names(await load(root, ["logs/"])), ["a.md"]);
});

test("symbolic links: out of the tree and cyclic ones are refused, inner ones are what links may point to", async (t) => {
  const root = folder(t);
  const outside = folder(t);
  write(outside, { "secret.md": "s" });
  write(root, { "a.md": "a", "sub/b.md": "b" });
  symlinkSync(join(outside, "secret.md"), join(root, "out.md"));
  symlinkSync(outside, join(root, "outdir"));
  symlinkSync("..", join(root, "sub", "up"));
  symlinkSync("loop.md", join(root, "loop.md"));
  symlinkSync("a.md", join(root, "alias.md"));
  symlinkSync("nowhere.md", join(root, "broken.md"));
  const loaded = await load(root);
  assert.deepEqual(names(loaded), ["a.md", "sub/b.md"]);
  assert.deepEqual(loaded.others, ["alias.md"]);
  assert.deepEqual(said(loaded.findings), [
    ["WB006", "broken.md", 1],
    ["WB005", "loop.md", 1],
    ["WB004", "out.md", 1],
    ["WB004", "outdir", 1],
    ["WB005", "sub/up", 1],
  ]);
  const named = await loadManuals(await namedFiles([join(root, "out.md")]), []);
  assert.deepEqual([names(named), said(named.findings)], [[], [["WB004", "out.md", 1]]]);
});

test("names with spaces, quotes, newlines and Chinese are only names", async (t) => {
  const root = folder(t);
  const odd = ["a b.md", 'it\'s "q".md', "line\nbreak.md", "手册/值班 指南.md", "$(x).md", "-rf.md", "%41.md"];
  write(root, Object.fromEntries(odd.map((name) => [name, name])));
  const loaded = await load(root);
  assert.deepEqual([...names(loaded)].sort(), [...odd].sort());
  for (const { file, text } of loaded.manuals) assert.equal(text, file);
});

test("a file that may not be read, or is gone when it is read, is a finding, not silence", async (t) => {
  const root = folder(t);
  write(root, { "a.md": "a", "b.md": "b", "c.md": "c" });
  const files = folderFiles(root);
  const read = (path: string): Promise<Uint8Array | undefined> => {
    if (path === "a.md") throw new WatchbookError("BOOK-FILE-UNREADABLE", { path, reason: "EACCES" });
    return path === "b.md" ? Promise.resolve(undefined) : files.read(path);
  };
  const loaded = await loadManuals({ ...files, read }, []);
  assert.deepEqual(names(loaded), ["c.md"]);
  assert.deepEqual(
    loaded.findings.map(({ code, source, args }) => [code, source.file, args["reason"]]),
    [
      ["WB006", "a.md", "EACCES"],
      ["WB006", "b.md", "ENOENT"],
    ],
  );
});

test("an absent root and a root that is a file are refused", async (t) => {
  const root = folder(t);
  write(root, { "a.md": "a" });
  await assert.rejects(load(join(root, "none")), refusal("FILE-NOT-FOUND"));
  await assert.rejects(load(join(root, "a.md")), refusal("BOOK-NOT-FOLDER"));
});
