// Somebody can write into the folder of evidence: one spoilt entry is refused by its name, and takes nothing else down.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { listOf } from "../src/api/view/evidence.ts";
import { readCanonical } from "../src/evidence/canonical.ts";
import { readPlain, namesIn } from "../src/evidence/disk.ts";
import { drillsOf } from "../src/evidence/drills.ts";
import { FILES } from "../src/evidence/files.ts";
import { evidenceNamed, listEvidence, saidBy, summaryOf } from "../src/evidence/list.ts";
import { signingKey } from "../src/evidence/key.ts";
import { append } from "../src/evidence/log.ts";
import { openLog } from "../src/evidence/opened.ts";
import { proofsOf } from "../src/evidence/proofs.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { verifyDirectory } from "../src/evidence/verify.ts";
import { evidenceBook } from "./kit/evidence-book.ts";
import { codes, eventsOf, record, recorder, STARTED, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { WatchbookError } from "../src/model/error.ts";
import { bound, goodRun, recordRun } from "./kit/run-evidence.ts";

/** Puts a file in place of what lies at `path`. */
const instead = (path: string): void => {
  rmSync(path, { recursive: true });
  writeFileSync(path, "");
};

/** Puts a link to itself in place of what lies at `path`. */
const loop = (path: string): void => {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(basename(path), path);
};

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.reason.code === code;

test("what is not there is not there, and what cannot be read is refused by its name", (t) => {
  const at = folder(t);
  writeFileSync(join(at, "file"), "x");
  loop(join(at, "loop"));
  assert.equal(readPlain(join(at, "file/in"), "in"), undefined);
  assert.deepEqual(namesIn(join(at, "file"), "file"), []);
  assert.deepEqual(namesIn(join(at, "none"), "none"), []);
  assert.throws(() => readPlain(join(at, "loop/in"), "in"), refusal("unreadable"));
  assert.throws(() => readPlain(join(at, "x".repeat(300)), "long"), refusal("unreadable"));
  assert.throws(
    () => namesIn(join(at, "loop"), "loop"),
    (error: Refusal) =>
      assert.deepEqual(error.reason, { code: "unreadable", args: { file: "loop", code: "ELOOP" } }) ?? true,
  );
  assert.throws(() => readPlain(7 as unknown as string, "ours"), TypeError, "a mistake of our own is none of the disk");
});

test("strange entries among years, months and directories hide none beside them", async (t) => {
  const to = recorder(folder(t));
  const { directory } = await record(to, "run-1");
  const month = dirname(directory);
  writeFileSync(join(to.root, "9999"), "");
  loop(join(to.root, "9998"));
  writeFileSync(join(to.root, "2026/12"), "");
  loop(join(to.root, "2026/10"));
  writeFileSync(join(month, "20261121T083300Z-file-0000"), "");
  const unread = join(month, "20261122T083300Z-loop-0000");
  loop(unread);
  const link = join(month, "20261123T083300Z-link-0000");
  mkdirSync(link);
  loop(join(link, FILES.statement));
  assert.deepEqual(listEvidence(to.root), [link, unread, directory], "what cannot be read is listed");
  for (const one of [link, unread]) assert.deepEqual([saidBy(one), summaryOf(to.root, one)], [undefined, undefined]);
  assert.equal(evidenceNamed(to.root, basename(directory)), directory);
  assert.equal(evidenceNamed(to.root, basename(unread)), undefined, "there is nothing to be shown of it");
  assert.equal(evidenceNamed(to.root, "99980120T083300Z-x-0000"), undefined);
  assert.deepEqual(codes(verify(to, directory)), []);
});

test("a log that was spoilt is refused, whatever lies in place of its files", async (t) => {
  const whole = recorder(folder(t));
  const place = await record(whole, "run-1");
  await record(whole, "run-2");
  const spoil: Readonly<Record<string, (root: string) => void>> = {
    log: instead,
    "log/checkpoint": instead,
    "log/tile": instead,
    "log/tile/0": loop,
    "log/tile/0/000.p": instead,
    "log/tile/entries/000.p": loop,
    "log/tile/entries/000.p/2": loop,
  };
  for (const [file, how] of Object.entries(spoil)) {
    const to = { ...whole, root: join(folder(t), "evidence") };
    cpSync(whole.root, to.root, { recursive: true });
    const demands = trusting(to);
    how(join(to.root, file));
    const directory = join(to.root, place.directory.slice(whole.root.length));
    assert.equal(verifyDirectory(directory, demands).verdict, "refused", file);
    if (file === "log") assert.equal(openLog(to.root, demands.trust.signers), undefined);
    else assert.throws(() => openLog(to.root, demands.trust.signers), Refusal, file);
  }
});

test("an evidence directory that was spoilt is refused, whatever lies in place of it or its files", async (t) => {
  const to = recorder(folder(t));
  const { directory } = await record(to, "run-1");
  const kept = join(folder(t), "kept");
  cpSync(directory, kept, { recursive: true });
  for (const name of readdirSync(directory)) {
    loop(join(directory, name));
    assert.deepEqual(codes(verify(to, directory)), ["symlink"], name);
    rmSync(join(directory, name));
    cpSync(join(kept, name), join(directory, name));
  }
  assert.equal(verify(to, directory).verdict, "pass");
  loop(directory);
  assert.deepEqual(codes(verify(to, directory)), ["unreadable"]);
  instead(directory);
  assert.deepEqual(codes(verify(to, directory)), ["file-missing"]);
  assert.deepEqual(codes(verify(to, join(directory, "in"))), ["file-missing"]);
});

test("text that has no canonical form is refused as such: a lone surrogate, brackets without end", async (t) => {
  const to = recorder(folder(t));
  const { directory } = await record(to, "run-1");
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  for (const text of ['"\\ud800"', '{"\\udfff":1}'])
    assert.throws(() => readCanonical(text, "x"), refusal("not-canonical"));
  for (const text of ['"\\ud800"', deep]) {
    writeFileSync(join(directory, FILES.statement), text);
    assert.equal(verify(to, directory).verdict, "refused");
    assert.equal(saidBy(directory), undefined);
  }
});

test("the verbs about evidence say what is spoilt, and never end with a stack", async (t) => {
  const spoil: Readonly<Record<string, (root: string) => void>> = {
    "a year that is a link to itself": (root) => {
      renameSync(join(root, "2026"), `${root}-kept`);
      loop(join(root, "2026"));
    },
    "a month that is a file": (root) => instead(join(root, "2026/11")),
    "a log that is a file": (root) => instead(join(root, "log")),
    "tiles that are a file": (root) => instead(join(root, "log/tile/0/000.p")),
    "a stray year": (root) => writeFileSync(join(root, "9999"), ""),
    "a directory that is a link to itself": (root) =>
      loop(join(root, "2026/11", readdirSync(join(root, "2026/11"))[0]!)),
  };
  for (const [what, how] of Object.entries(spoil)) {
    const { to, places, call } = await evidenceBook(t, {}, {});
    how(to.root);
    const said = [await call("log"), await call("show"), await call("verify", places[0]!.directory)];
    for (const { status, stderr } of said) {
      assert.ok([0, 2, 3].includes(status), `${what}: ${stderr}`);
      assert.doesNotMatch(stderr, /\n\s+at |errno|syscall/, what);
    }
  }
});

const answering = (run: string, earlier: string) =>
  eventsOf(run, "pass", {
    drafts: eventsOf(run).map(({ type, data }) => [
      type,
      type === "run.started"
        ? { ...data, about: "two words", answers: earlier }
        : type === "reading"
          ? { ...data, at: STARTED }
          : data,
    ]),
  });

test("a bundle is not made while evidence that its events name is gone, changed or unreadable", async (t) => {
  const spoil: Readonly<Record<string, (directory: string) => void>> = {
    "the statement is nonsense": (at) => writeFileSync(join(at, FILES.statement), "x"),
    "the statement is a link to itself": (at) => loop(join(at, FILES.statement)),
    "the statement is gone": (at) => rmSync(join(at, FILES.statement)),
    "the directory is gone": (at) => rmSync(at, { recursive: true }),
    "the directory is a link to itself": loop,
    "it has another name": (at) => {
      writeFileSync(join(at, FILES.statement), "x");
      renameSync(at, at.replace(/....$/, "0000"));
    },
    "it is another run's": (at) => {
      const other = readdirSync(dirname(at)).find((name) => name !== basename(at))!;
      cpSync(join(dirname(at), other, FILES.statement), join(at, FILES.statement));
    },
  };
  for (const [what, how] of Object.entries(spoil)) {
    const { root, to, places, call } = await evidenceBook(t, { cpu: 95 }, {});
    await record(to, "run-3", { events: answering("run-3", "run-1"), started: STARTED + 60_000 });
    const { directory } = places[0]!;
    how(directory);
    const refused = await call("export", "run-3", "-o", "bundle");
    assert.equal(refused.status, 2, what);
    assert.ok(refused.stderr.includes(basename(directory)), `${what}: ${refused.stderr}`);
    assert.match(refused.stderr, /nothing was exported/, what);
    assert.deepEqual(
      readdirSync(root).filter((name) => name.startsWith("bundle")),
      [],
      what,
    );
    const other = await call("export", places[1]!.directory, "-o", "other");
    assert.equal(other.status, 0, `${what}, whom it does not concern: ${other.stderr}`);
  }
});

test("a folder of tiles that cannot be read keeps nothing in force from being so", async (t) => {
  const to = recorder(folder(t));
  await record(to, "run-1");
  const appended = append(to.root, Buffer.from("entry\n"), "2026/11/x", signingKey(to.keys));
  loop(join(to.root, "log/tile/0/000.p"));
  appended.commit();
  assert.doesNotThrow(() => appended.tidy());
});

test("whatever lies there, drills and proofs are read, the list answers, and what is to be recorded is refused in a sentence", async (t) => {
  const place = async () => {
    const to = recorder(folder(t));
    await recordRun(to, goodRun(bound({ steps: ["s"], runbook: "sop" })));
    const { directory } = await record(to, "run-1");
    return { to, year: dirname(dirname(directory)), month: dirname(directory), directory };
  };
  type Place = Awaited<ReturnType<typeof place>>;
  const spoil: Readonly<Record<string, (at: Place) => void>> = {
    "the year leads to itself": ({ year }) => loop(year),
    "the year is a file": ({ year }) => instead(year),
    "the month is a file": ({ month }) => instead(month),
    "the month leads to itself": ({ month }) => loop(month),
    "evidence leads to itself": ({ directory }) => loop(directory),
    "a statement is a folder": ({ directory }) => {
      rmSync(join(directory, FILES.statement));
      mkdirSync(join(directory, FILES.statement));
    },
    "the log is a file": ({ to }) => instead(join(to.root, "log")),
    "the log leads to itself": ({ to }) => loop(join(to.root, "log")),
    "tiles are a file": ({ to }) => instead(join(to.root, "log/tile/0/000.p")),
    "years that are none": ({ to }) => writeFileSync(join(to.root, "9999"), ""),
  };
  for (const [name, act] of Object.entries(spoil)) {
    const at = await place();
    act(at);
    const { to } = at;
    const open = { root: to.root, book: { config: { evidence: "." } } };
    const host = { book: () => ({ open }), house: { data: to.root } } as unknown as Parameters<typeof listOf>[0];
    for (const kind of [undefined, "incident"]) assert.ok((await listOf(host, kind, 50)).total >= 0, name);
    assert.ok((await drillsOf(to.root, trusting(to))).removed !== undefined, name);
    assert.ok((await proofsOf(to.root, trusting(to))).size <= 1, name);
    const again = record(to, "run-2").then(
      () => "recorded",
      (error: unknown) => (error instanceof WatchbookError ? "refused" : error),
    );
    assert.ok(["recorded", "refused"].includes((await again) as string), `${name}: ${String(await again)}`);
  }
});
