import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FILES } from "../src/evidence/record.ts";
import { rememberedFile } from "../src/evidence/remembered.ts";
import { callIn, evidenceBook } from "./kit/evidence-book.ts";
import { record, recorder } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

test("verify ends 0, 2 or 3 and says why, in words and as one JSON document [C-028]", async (t) => {
  const { places, call } = await evidenceBook(t, {}, { cpu: 95 }, { mode: "dry-run" });
  const [good, bad, dry] = places.map(({ directory }) => directory);
  const fine = await call("verify", good!);
  assert.deepEqual([fine.status, fine.stdout.slice(0, 4)], [0, "PASS"]);
  assert.match(fine.stdout, /only this data directory's own key/);
  assert.equal((await call("verify", join(good!, FILES.env))).status, 0);
  assert.equal((await call("verify", bad!)).status, 3);
  assert.match((await call("verify", dry!)).stdout, /^REHEARSAL/);
  assert.equal((await call("verify", dry!)).status, 3);
  const old = await call("verify", good!, "--max-age", "1s", "--json");
  const answer = JSON.parse(old.stdout) as {
    verdict: string;
    reasons: { code: string; say: string }[];
    logged: boolean;
  };
  assert.deepEqual([old.status, answer.verdict, answer.logged], [3, "inconclusive", true]);
  assert.deepEqual(
    answer.reasons.map(({ code }) => code),
    ["stale", "own-key"],
  );
  assert.match(answer.reasons[0]!.say, /^it is \d+.* old, at most 1s is asked for$/);
  assert.equal((await call("verify", good!, "--max-rto-seconds", "10")).status, 3);
  const env = join(good!, FILES.env);
  writeFileSync(env, readFileSync(env, "utf8").replace("VERDICT=pass", "VERDICT=fail"));
  const forged = await call("verify", good!);
  assert.deepEqual([forged.status, forged.stdout.slice(0, 7)], [2, "REFUSED"]);
  assert.equal((await call("verify", "nowhere")).status, 2);
  assert.match((await call("verify", "nowhere")).stderr, /does not exist/);
  assert.equal((await call("verify", good!, "--max-rpo-events", "0.5")).status, 2);
  assert.equal((await call("verify", ".")).status, 2);
  assert.equal((await call("prove")).status, 2);
});

test("a signers file is the only trust where the book has one; a broken book trusts nobody", async (t) => {
  const { root, places, call } = await evidenceBook(t, {});
  const { directory } = places[0]!;
  const line = (await call("key")).stdout;
  const yaml = (text: string) => writeFileSync(join(root, "watchbook.yaml"), text);
  yaml("title: t\nsigners: signers\n");
  assert.match((await call("verify", directory)).stderr, /signers file .* does not exist/);
  writeFileSync(join(root, "signers"), "# nobody yet\n");
  assert.deepEqual(
    [
      (await call("verify", directory)).status,
      /signed by nobody who is trusted/.test((await call("verify", directory)).stdout),
    ],
    [2, true],
  );
  writeFileSync(join(root, "signers"), line);
  const known = await call("verify", directory);
  assert.equal(known.status, 0);
  assert.doesNotMatch(known.stdout, /own key/);
  writeFileSync(join(root, "signers"), `${line}not a line\n`);
  assert.match((await call("verify", directory)).stderr, /Line 2 of the signers file/);
  yaml("title: t\nsigners: [\n");
  const broken = await call("verify", directory);
  assert.equal(broken.status, 2);
  assert.match(broken.stderr, /whose signature the book trusts/);
  const pem = join(root, ".watchbook/keys/evidence.pub.pem");
  yaml("title: t\n");
  assert.equal((await call("verify", directory, "--public-key", pem)).status, 0);
});

test("a path alone is enough outside of any book; inside one, evidence from elsewhere is a stranger's", async (t) => {
  const [here, there] = [await evidenceBook(t, {}), await evidenceBook(t, {})];
  const { directory } = there.places[0]!;
  const outside = folder(t);
  assert.equal((await callIn(outside, "verify", directory)).status, 0);
  assert.match((await callIn(outside, "verify", directory)).stdout, /proves nothing to others/);
  const inside = await here.call("verify", directory);
  assert.equal(inside.status, 2);
  assert.match(inside.stdout, /nobody is trusted/);
  const copy = join(folder(t), "copy");
  cpSync(directory, copy, { recursive: true });
  assert.equal((await callIn(outside, "verify", copy)).status, 2);
  assert.equal(
    (await callIn(outside, "verify", copy, "--public-key", join(there.to.keys, "evidence.pub.pem"))).status,
    0,
  );
});

test("compat accepts what the published verifier accepts, strictly the same file demonstrates nothing [C-027]", async (t) => {
  const { root, call } = await evidenceBook(t);
  const results = join(root, "docs/results");
  mkdirSync(results, { recursive: true });
  const file = join(results, "failover_result.env");
  writeFileSync(
    file,
    "FAILOVER_ENV=prodlike\nFAILOVER_DRY_RUN=true\nFAILOVER_SUCCESS=true\nFAILOVER_TOTAL_STEPS=1\nFAILOVER_FAILED_STEP=\nFAILOVER_DURATION_SECONDS=0.0\nDATA_SYNC_LAG_EVENTS=0\nSTEP_1_NAME=promote\nSTEP_1_STATUS=simulated_ok\nSTEP_1_DURATION_MS=0\n",
  );
  const limits = ["--max-failover-seconds", "300", "--max-data-lag-events", "0"];
  assert.equal((await call("verify", file, ...limits, "--compat")).status, 0);
  const strict = await call("verify", file, ...limits);
  assert.deepEqual([strict.status, strict.stdout.slice(0, 9)], [3, "REHEARSAL"]);
  writeFileSync(file, readFileSync(file, "utf8").replace("LAG_EVENTS=0", "LAG_EVENTS=1"));
  assert.equal((await call("verify", file, ...limits, "--compat")).status, 2);
});

test("log prints the checkpoint to keep, tells removed evidence, and refuses a log that lost what was kept", async (t) => {
  const { root, places, call } = await evidenceBook(t, {}, {});
  const first = await call("log");
  assert.equal(first.status, 0);
  assert.match(first.stdout, /^watchbook\/evidence\/[0-9a-f]{16}\n2\n/);
  assert.match(first.stderr, /2 entries, all there/);
  const kept = join(root, "kept.txt");
  writeFileSync(kept, first.stdout);
  assert.match((await call("log", "--checkpoint", kept)).stderr, /is a beginning of this log/);
  rmSync(places[0]!.directory, { recursive: true });
  const gone = await call("log");
  assert.deepEqual([gone.status, /lost their evidence/.test(gone.stderr)], [3, true]);
  rmSync(join(root, ".watchbook/evidence/log"), { recursive: true });
  const removed = await call("log", "--json");
  assert.equal((JSON.parse(removed.stdout) as { reasons: { code: string }[] }).reasons[0]!.code, "no-log");
  rmSync(rememberedFile(join(root, ".watchbook/keys"), join(root, ".watchbook/evidence")));
  await record(recorder(join(root, ".watchbook")), "run-9");
  const rewritten = await call("log", "--checkpoint", kept, "--json");
  assert.equal(rewritten.status, 2);
  assert.equal((JSON.parse(rewritten.stdout) as { reasons: { code: string }[] }).reasons[0]!.code, "log-cut");
});

test("key makes the host's key before the first run; show lists and prints what is recorded", async (t) => {
  const empty = await evidenceBook(t);
  assert.match((await empty.call("show")).stdout, /no evidence/);
  assert.match((await empty.call("log")).stderr, /no log yet/);
  const made = await empty.call("key", "--json");
  const { keyId, signersLine } = JSON.parse(made.stdout) as { keyId: string; signersLine: string };
  assert.match(keyId, /^[0-9a-f]{64}$/);
  assert.match(signersLine, /^\S+ namespaces="watchbook" ssh-ed25519 AAAAC3/);
  assert.equal((JSON.parse((await empty.call("key", "--json")).stdout) as { keyId: string }).keyId, keyId);
  const place = await record(recorder(join(empty.root, ".watchbook")), "run-1");
  assert.equal(place.keyId, keyId);
  assert.match((await empty.call("show")).stdout, /^2026-11-20T08:33:01\.500Z {2}pass {2}每日巡检 daily {2}2026\/11\//);
  assert.equal((await empty.call("show", "run-1")).stdout, readFileSync(join(place.directory, FILES.markdown), "utf8"));
  assert.equal((await empty.call("show", "run-77")).status, 2);
});

test("a directory whose statement cannot be read is listed as such, and hides no other one", async (t) => {
  const { places, call } = await evidenceBook(t, {}, {});
  writeFileSync(join(places[0]!.directory, FILES.statement), "{");
  const listed = await call("show");
  assert.equal(listed.status, 0);
  assert.match(listed.stdout, /unreadable/);
  assert.equal((await call("show", "run-2")).status, 0);
  assert.equal((await call("show", "run-1")).status, 2);
  // Its page is there, and is shown; that it proves nothing says `evidence verify`.
  const page = await call("show", places[0]!.directory);
  assert.equal(page.stdout, readFileSync(join(places[0]!.directory, FILES.markdown), "utf8"), page.stderr);
});
