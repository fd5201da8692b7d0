// Approvals with real keys of ssh-keygen: by whom, once, for this plan only.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { lamps, type Lamps } from "../kit/lamp.ts";
import { sshSign } from "../kit/ssh-keys.ts";
import { needs } from "../live/needs.ts";

const RUN = ["run", "SOP-01", "--env", "prod", "--param", "colour=blue", "--execute", "--by", "ana"];

/** A run in prod that ana asked for and that waits for its approval. */
async function asked(t: TestContext): Promise<Lamps> {
  const made = lamps(t);
  const { code, json } = await made.json(...RUN);
  assert.equal(code, 5);
  assert.deepEqual(
    json.waits.map(({ kind, gate }: Record<string, unknown>) => [kind, gate]),
    [["approval", "plan"]],
  );
  assert.match(json.waits[0].commands[0], /^watchbook runs approve r\S+ --as NAME$/);
  assert.deepEqual(made.log(2), [], "nothing is changed before it");
  return made;
}

test("another person's signature lets it go on, and the evidence names them", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { json, wb, keys, log } = await asked(t);
  const approved = await json("runs", "approve", "last", "--as", "ben", "--key", keys.ben.file);
  assert.equal(approved.code, 0, approved.err);
  assert.equal(approved.json.state, "done");
  assert.match(approved.err, /watchbook approval 1\n +run r\S+\n +gate plan\n +plan sha256:\w+\n +person ben/);
  assert.deepEqual(log(2), ["change"]);
  assert.match(readFileSync(join(approved.json.evidence, "result.env"), "utf8"), /^APPROVED_BY=ben$/m);
  assert.equal((await wb("evidence", "verify", approved.json.evidence)).code, 0);
});

test("the requester, a stranger, a wrong role and another's key are refused, and nothing begins [H-011]", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { wb, keys, log } = await asked(t);
  const approve = (who: string, key: { readonly file: string }) =>
    wb("runs", "approve", "last", "--as", who, "--key", key.file);
  const cases = [
    [/ana asked for this run and may not approve it/, await approve("ana", keys.ana)],
    [/mallory is nobody of the book/, await approve("mallory", keys.stranger)],
    [/eve has none of the roles/, await approve("eve", keys.eve)],
    [/not the one that the book has for ben/, await approve("ben", keys.stranger)],
  ] as const;
  for (const [says, { code, err }] of cases) {
    assert.equal(code, 2, err);
    assert.match(err, says);
  }
  assert.deepEqual(log(2), []);
});

test("two people are two people: one who approves twice counts once", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { wb, json, keys, at, log } = lamps(t, "  SOP-02: { approval: { roles: [ops, ops-lead], quorum: 2 } }\n");
  writeFileSync(at(1, "go"), "");
  assert.equal((await wb("run", "SOP-02", "--env", "test", "--execute", "--by", "eve")).code, 5);
  const approve = (who: "ana" | "ben") => json("runs", "approve", "last", "--as", who, "--key", keys[who].file);
  const first = await approve("ana");
  assert.equal(first.code, 5, first.err);
  assert.match(first.json.waits[0].say, /1 of 2 so far/);
  const twice = await approve("ana");
  assert.equal(twice.code, 2);
  assert.match(twice.err, /ana has approved this already/);
  assert.deepEqual(log(), []);
  assert.equal((await approve("ben")).code, 0);
  assert.deepEqual(log(), ["begin", "end"]);
});

test("a signature made elsewhere counts for its run only", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const made = await asked(t);
  const { wb, json, keys, book } = made;
  const text = (await wb("runs", "approve", "last", "--as", "ben", "--print")).out;
  const file = join(book, "..", "ben.sig");
  writeFileSync(file, sshSign(keys.ben, text));
  const other = await json(...RUN);
  assert.equal(other.code, 5);
  const wrong = await wb("runs", "approve", other.json.run, "--as", "ben", "--signature", file);
  assert.match(wrong.err, /does not fit what was to be approved/);
  const run = /^run (\S+)$/m.exec(text)![1]!;
  assert.equal((await wb("runs", "approve", run, "--as", "ben", "--signature", file)).code, 0);
});

test("a rejection ends it before anything began, with its reason", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { json, log } = await asked(t);
  const { code, json: ended } = await json("runs", "reject", "last", "--by", "ben", "--reason", "not during the match");
  assert.equal(code, 3);
  assert.equal(ended.state, "refused");
  assert.match(ended.reasons.join("\n"), /ben rejected the approval plan: not during the match/);
  assert.deepEqual(log(2), []);
});

test("a manual that changed since refuses the approval and says what changed; an edit elsewhere does not", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { wb, json, keys, book, log } = await asked(t);
  const manual = join(book, "lamps.md");
  const was = readFileSync(manual, "utf8");
  writeFileSync(manual, was.replace("echo change >> log", "echo other >> log"));
  const changed = await wb("runs", "approve", "last", "--as", "ben", "--key", keys.ben.file);
  assert.equal(changed.code, 2);
  assert.match(changed.err, /gives another plan for SOP-01 .*change \(command, params\)/);
  mkdirSync(join(book, "more"));
  writeFileSync(join(book, "more", "notes.md"), "# Notes\n\nNothing to do.\n");
  writeFileSync(manual, was.replace("# Lamps", "# Lamps\n\nA line of prose moves every other one.\n"));
  const { code, json: done, err } = await json("runs", "approve", "last", "--as", "ben", "--key", keys.ben.file);
  assert.equal(code, 0, err);
  assert.equal(done.state, "done");
  assert.deepEqual(log(2), ["change"]);
});
