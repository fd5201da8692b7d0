// A host's key changes; what the old one signed stays proven, and the log goes on.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { publicKeyFile, signingKey, sshLineOf } from "../src/evidence/key.ts";
import { retiredFile } from "../src/evidence/own-signers.ts";
import { rotateKey } from "../src/evidence/rotate.ts";
import { signerLine } from "../src/evidence/signers.ts";
import { evidenceBook } from "./kit/evidence-book.ts";
import { record, STARTED } from "./kit/evidence.ts";

test("after a rotation old and new evidence verify in one log, and the old private key is gone", async (t) => {
  const { root, to, places, call } = await evidenceBook(t, {}, { cpu: 95 });
  const kept = join(root, "kept.txt");
  writeFileSync(kept, (await call("log")).stdout);
  const before = readFileSync(join(to.keys, "evidence.pem"), "utf8");
  const rotated = await call("key", "--rotate");
  assert.equal(rotated.status, 0, rotated.stderr);
  assert.notEqual(readFileSync(join(to.keys, "evidence.pem"), "utf8"), before);
  assert.equal(statSync(join(to.keys, "evidence.pem")).mode & 0o777, 0o600);
  assert.ok(readdirSync(to.keys).every((name) => !readFileSync(join(to.keys, name), "utf8").includes(before.trim())));
  const after = await record(to, "run-3", {});
  assert.equal((await call("verify", places[0]!.directory)).status, 0);
  assert.equal((await call("verify", after.directory, "--checkpoint", kept)).status, 0);
  assert.equal((await call("log", "--checkpoint", kept)).status, 0);
  assert.equal((await call("key", "--rotate")).status, 0);
  for (const { directory } of [places[0]!, after]) assert.equal((await call("verify", directory)).status, 0);
});

test("the two lines that a rotation prints make a book's signers file trust both keys, each for its time", async (t) => {
  const { root, to, places, call } = await evidenceBook(t, {});
  writeFileSync(join(root, "watchbook.yaml"), "title: t\nsigners: signers\n");
  writeFileSync(join(root, "signers"), (await call("key")).stdout);
  const rotated = await call("key", "--rotate");
  assert.match(rotated.stderr, /signers has these two lines/);
  const after = await record(to, "run-2", { started: Date.now() - 1_000, ended: Date.now() });
  assert.equal((await call("verify", after.directory)).status, 2);
  writeFileSync(join(root, "signers"), rotated.stdout);
  assert.equal((await call("verify", after.directory)).status, 0);
  assert.equal((await call("verify", places[0]!.directory)).status, 0);
  // The new key does not speak for what ended long before it was made.
  const [, fresh = ""] = rotated.stdout.split("\n");
  writeFileSync(join(root, "signers"), `${fresh}\n`);
  assert.equal((await call("verify", after.directory)).status, 0);
  const back = await record(to, "run-3", { started: STARTED - 86_400_000 * 30, ended: STARTED - 86_400_000 * 29 });
  const early = await call("verify", back.directory);
  assert.deepEqual([early.status, /was not valid/.test(early.stdout)], [2, true], early.stdout);
});

test("a rotation that broke off after the new key was in its place is mended by the next signature", async (t) => {
  const { to, places, call } = await evidenceBook(t, {});
  const old = readFileSync(publicKeyFile(to.keys), "utf8");
  await call("key", "--rotate");
  writeFileSync(publicKeyFile(to.keys), old);
  const after = await record(to, "run-2", {});
  assert.equal(readFileSync(publicKeyFile(to.keys), "utf8").includes(old.split("\n")[1]!), false);
  assert.ok(signingKey(to.keys).publicKey.id.length === 64 && existsSync(publicKeyFile(to.keys)));
  for (const { directory } of [places[0]!, after]) assert.equal((await call("verify", directory)).status, 0);
});

test("a rotation that was killed after its rename has said nothing: the next word on keys closes the one that was", async (t) => {
  const { to, places, root, call } = await evidenceBook(t, {});
  writeFileSync(join(root, "watchbook.yaml"), "title: t\nsigners: signers\n");
  const { publicKey: first } = signingKey(to.keys);
  // As it leaves them: nobody has read what it was about to print.
  await rotateKey(to.keys, to.root, "gate-1");
  const second = await record(to, "run-2", { started: Date.now() - 1_000, ended: Date.now() });
  const said = await call("key");
  const lines = said.stdout.trimEnd().split("\n");
  assert.deepEqual(
    [lines.length, lines[0]!.includes("valid-before"), lines[0]!.includes(sshLineOf(first))],
    [2, true, true],
  );
  writeFileSync(join(root, "signers"), said.stdout);
  for (const { directory } of [places[0]!, second]) assert.equal((await call("verify", directory)).status, 0);
  // Asked again it says the same, until a rotation has said it to its end.
  const rotated = await call("key", "--rotate");
  assert.deepEqual(rotated.stdout.trimEnd().split("\n").length, 3);
  assert.ok(rotated.stdout.includes(sshLineOf(first)));
  assert.equal((await call("key")).stdout.trimEnd().split("\n").length, 1);
  writeFileSync(join(root, "signers"), rotated.stdout);
  for (const { directory } of [places[0]!, second]) assert.equal((await call("verify", directory)).status, 0);
});

test("a rotation that broke off before the new key was there is done again: what the old one signed meanwhile holds", async (t) => {
  const { to, places, call } = await evidenceBook(t, {});
  const { publicKey } = signingKey(to.keys);
  // As far as it got: the old key is said to end, and goes on.
  const ended = signerLine({ name: "gate-1", key: publicKey, before: STARTED + 3_600_000 });
  writeFileSync(retiredFile(to.keys), `${ended}\n`);
  const between = await record(to, "run-2", { started: Date.now() - 2_000, ended: Date.now() - 1_000 });
  assert.equal((await call("verify", between.directory)).status, 0);
  assert.equal((await call("key", "--rotate")).status, 0);
  for (const { directory } of [places[0]!, between]) {
    const verified = await call("verify", directory);
    assert.equal(verified.status, 0, verified.stdout);
  }
});
