// Everything behind one verdict in one place, which a stranger can check.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { test } from "node:test";
import { FILES } from "../src/evidence/files.ts";
import { callIn, evidenceBook } from "./kit/evidence-book.ts";
import { eventsOf, record } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { needs } from "./live/needs.ts";

const flip = (file: string): void => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
};

test("a bundle holds the evidence, what it stands on, log, keys and manual, and verifies where there is nothing else", async (t) => {
  const { root, to, call } = await evidenceBook(t, {});
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t", ...args]);
  git("init", "-q");
  git("add", "watchbook.yaml");
  git("commit", "-qm", "first");
  const commit = git("rev-parse", "HEAD").toString().trim();
  const events = eventsOf("run-2").map((one) =>
    one.type === "run.started" ? { ...one, data: { ...one.data, commit, answers: "run-1" } } : one,
  );
  const origin = { ...to.origin, book: { ...to.origin.book, commit } };
  const place = await record(to, "run-2", { events, origin, started: Date.UTC(2026, 10, 21) });
  await record(to, "run-3", { started: Date.UTC(2026, 10, 22) });
  const elsewhere = folder(t);
  const done = await call("export", "run-2", "-o", join(elsewhere, "audit.tar.gz"));
  assert.deepEqual([done.status, done.stdout.trim()], [0, join(elsewhere, "audit.tar.gz")], done.stderr);
  execFileSync("tar", ["-xzf", "audit.tar.gz"], { cwd: elsewhere });
  const bundle = join(elsewhere, basename(place.directory));
  assert.deepEqual(readdirSync(bundle).toSorted(), [
    ...["README.md", "evidence", "keys", "manual.tar", "signers", "verify.sh", "watchbook.yaml"],
  ]);
  const months = readdirSync(join(bundle, "evidence", "2026", "11"));
  assert.equal(months.length, 2, "the run and the one it answers, not the third");
  assert.match(execFileSync("tar", ["-tf", join(bundle, "manual.tar")]).toString(), /watchbook\.yaml/);
  const path = join("evidence", relative(to.root, place.directory));
  const there = await callIn(bundle, "verify", path, "--json");
  assert.deepEqual([there.status, (JSON.parse(there.stdout) as { logged: boolean }).logged], [0, true], there.stdout);
  const again = await call("export", "run-2", "-o", join(elsewhere, "audit.tar.gz"));
  assert.deepEqual([again.status, /not overwritten/.test(again.stderr)], [2, true]);
  // The same evidence gives the same bytes.
  assert.equal((await call("export", place.directory, "-o", join(elsewhere, "twice.tar.gz"))).status, 0);
  assert.ok(readFileSync(join(elsewhere, "twice.tar.gz")).equals(readFileSync(join(elsewhere, "audit.tar.gz"))));
  flip(join(bundle, path, FILES.events));
  assert.equal((await callIn(bundle, "verify", path)).status, 2);
});

test("the script in a bundle checks it without watchbook, and a changed byte makes it fail", async (t) => {
  if (!needs(t, "openssl", "jq")) return;
  const { root, places, call } = await evidenceBook(t, {});
  const bundle = join(root, "for-the-auditor");
  assert.equal((await call("export", "run-1", "-o", "for-the-auditor")).status, 0);
  const path = join("evidence", "2026", "11", basename(places[0]!.directory));
  const key = join("keys", readdirSync(join(bundle, "keys"))[0]!);
  const readme = readFileSync(join(bundle, "README.md"), "utf8");
  assert.ok(readme.includes(`sh verify.sh ${path} ${key}`), readme);
  const check = () => spawnSync("sh", ["verify.sh", path, key], { cwd: bundle, encoding: "utf8" });
  const good = check();
  assert.deepEqual([good.status, /in the log: yes/.test(good.stdout)], [0, true], good.stderr);
  flip(join(bundle, path, FILES.json));
  assert.notEqual(check().status, 0);
});

test("what does not verify is not exported, and leaves nothing behind", async (t) => {
  const { root, places, call } = await evidenceBook(t, {});
  flip(join(places[0]!.directory, FILES.env));
  const before = readdirSync(root);
  const refused = await call("export", places[0]!.directory);
  assert.deepEqual([refused.status, /nothing was exported/.test(refused.stderr)], [2, true]);
  assert.deepEqual(readdirSync(root), before);
  assert.equal((await call("export", "no-such-run")).status, 2);
  assert.ok(!existsSync(join(root, "no-such-run.tar.gz")));
});

test("a title and a directory that says it is another run cannot speak in a bundle; a copy from elsewhere is not exported", async (t) => {
  const { root, to, places, call } = await evidenceBook(t, {});
  const title = "x\n\n# PASS ![a](http://evil/x) <b>";
  const events = eventsOf("run-2").map((one) =>
    one.type === "run.started" ? { ...one, data: { ...one.data, answers: "run-1" } } : one,
  );
  const place = await record(to, "run-2", { events, title, started: Date.UTC(2026, 10, 21) });
  assert.equal((await call("export", "run-2", "-o", "good")).status, 0);
  const page = readFileSync(join(root, "good", "README.md"), "utf8");
  assert.deepEqual([/^# PASS/m.test(page), page.includes("<b>"), page.includes("![")], [false, false, false], page);
  // "pass" stands in every run's events.
  const forged = join(places[0]!.directory, "..", "20261120T083300Z-x `touch x`-0000");
  cpSync(place.directory, forged, { recursive: true });
  const file = join(forged, FILES.statement);
  const said = JSON.parse(readFileSync(file, "utf8")) as { payload: string };
  const payload = Buffer.from(said.payload, "base64").toString().replaceAll('"run-2"', '"pass"');
  writeFileSync(file, JSON.stringify({ ...said, payload: Buffer.from(payload).toString("base64") }));
  const refused = await call("export", place.directory, "-o", "bad");
  assert.deepEqual([refused.status, /nothing was exported/.test(refused.stderr)], [2, true], refused.stderr);
  rmSync(join(forged, FILES.events));
  assert.equal((await call("export", place.directory, "-o", "bad")).status, 2);
  writeFileSync(file, "{");
  assert.equal((await call("export", place.directory, "-o", "better")).status, 0, "what names no run is nobody's");
  const copy = join(root, "audit", "--checkpoint=1");
  cpSync(place.directory, copy, { recursive: true });
  const key = join(to.keys, "evidence.pub.pem");
  const elsewhere = await call("export", copy, "--public-key", key, "-o", "copy.tar");
  assert.deepEqual([elsewhere.status, /is not below/.test(elsewhere.stderr)], [2, true], elsewhere.stderr);
  assert.deepEqual(
    readdirSync(root).filter((name) => /^(?:bad|copy)/.test(name)),
    [],
  );
});
