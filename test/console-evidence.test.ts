// What the console's own verifier believes of evidence that the program made, and what it refuses.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { byHand } from "../console/pages/evidence/by-hand.ts";
import { phasesOf } from "../console/pages/evidence/phases.ts";
import { parseSigners, type Signer } from "../console/pages/evidence/verify/signers.ts";
import { CHECKS, verifyFiles, type Checked } from "../console/pages/evidence/verify/verify.ts";
import { publicKeyFile, publicKeyFromPem } from "../src/evidence/key.ts";
import { signerLine } from "../src/evidence/signers.ts";
import type { EvidencePlace } from "../src/model/evidence.ts";
import { record, recorder, STARTED } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";
import { goodRun, recordRun, bound } from "./kit/run-evidence.ts";
import { play } from "./kit/run-play.ts";
import { needs } from "./live/needs.ts";

type Files = Map<string, Uint8Array<ArrayBuffer>>;
const filesOf = ({ directory }: EvidencePlace): Files =>
  new Map(readdirSync(directory).map((name) => [name, new Uint8Array(readFileSync(join(directory, name)))]));
const keysOf = (to: { readonly keys: string }): Promise<readonly Signer[]> =>
  parseSigners(readFileSync(publicKeyFile(to.keys), "utf8"), "evidence.pub.pem");
const said = ({ flaw, held }: Checked): string => flaw?.code ?? held.join(" ");
const whole = CHECKS.join(" ");

test("evidence holds when a trusted key signed it, whatever number it has in the log", async (t) => {
  const to = recorder(folder(t));
  const places = [];
  for (let n = 1; n <= 7; n += 1) places.push(await record(to, `run-${n}`, { started: STARTED + n * 60_000 }));
  places.push(await recordRun(to, goodRun(bound({ steps: [{ id: "a" }] }))));
  const keys = await keysOf(to);
  for (const [n, place] of places.entries()) {
    const found = await verifyFiles(filesOf(place), keys, place.directory.split("/").at(-1));
    assert.equal(said(found), whole, String(n));
    assert.deepEqual([found.log?.index, found.log?.size], [n, n + 1]);
  }
  const found = await verifyFiles(filesOf(places[0]!), keys);
  assert.deepEqual([found.stated?.verdict, found.stated?.run], ["pass", "run-1"]);
});

test("the commands for openssl take the key that signed, of all that are trusted, and fail without it", async (t) => {
  if (!needs(t, "jq", "openssl")) return;
  const to = recorder(folder(t));
  const { directory } = await record(to, "run-1");
  const other = recorder(folder(t));
  await record(other, "run-1");
  const [own, strange] = [to, other].map(({ keys }) => readFileSync(publicKeyFile(keys), "utf8")) as [string, string];
  const env = { ...process.env, TMPDIR: folder(t) };
  const check = (pems: readonly string[]) =>
    spawnSync("sh", ["-c", byHand(directory, pems)], { encoding: "utf8", stdio: "pipe", env });
  for (const pems of [[own], [strange, own], [own, strange]])
    assert.match(check(pems).stdout, /Signature Verified Successfully[^]*events\.jsonl: OK/);
  for (const pems of [[strange], []]) assert.notEqual(check(pems).status, 0);
  assert.deepEqual(readdirSync(env.TMPDIR), []);
});

test("one byte of any file, another name, another signer: refused", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  await record(to, "run-2", { started: STARTED + 60_000 });
  const other = recorder(folder(t));
  const strange = await record(other, "run-1");
  const keys = await keysOf(to);
  for (const name of filesOf(place).keys())
    for (const part of [0, 0.37, 0.73, 1]) {
      const files = filesOf(place);
      const bytes = files.get(name)!;
      bytes[Math.floor(part * (bytes.length - 1))]! ^= 1;
      assert.notEqual(said(await verifyFiles(files, keys)), whole, `${name} ${part}`);
    }
  assert.equal(said(await verifyFiles(filesOf(strange), keys)), "stranger");
  assert.equal(said(await verifyFiles(filesOf(place), [])), "stranger");
  assert.equal(said(await verifyFiles(filesOf(place), keys, "20261120T083300Z-other-0000")), "moved");
  const without = filesOf(place);
  without.delete("events.jsonl");
  assert.equal(said(await verifyFiles(without, keys)), "missing");
  assert.equal(said(await verifyFiles(filesOf(place).set("note.txt", new Uint8Array(1)), keys)), "extra");
  assert.equal(said(await verifyFiles(filesOf(place).set("ledger.json", new Uint8Array(1)), keys)), "digest");
  const proof = filesOf(strange).get("statement.tlog-proof")!;
  assert.equal(said(await verifyFiles(filesOf(place).set("statement.tlog-proof", proof), keys)), "stranger");
});

test("a signers file means what it says: names, times, namespaces, and no line that is not understood", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const key = publicKeyFromPem(readFileSync(publicKeyFile(to.keys)));
  const line = (limits: { after?: number; before?: number }): string => signerLine({ name: "gate-1", key, ...limits });
  const day = 86_400_000;
  const [good] = await parseSigners(`# trusted\n${line({ after: STARTED - day, before: STARTED + day })}\n`, "signers");
  assert.deepEqual([good?.name, good?.id], ["gate-1", key.id]);
  assert.equal(said(await verifyFiles(filesOf(place), [good!])), whole);
  const late = await parseSigners(line({ after: STARTED + day }), "signers");
  assert.equal(said(await verifyFiles(filesOf(place), late)), "expired");
  assert.deepEqual(await parseSigners(line({}).replace('"watchbook"', '"git"'), "signers"), []);
  for (const bad of ["gate-1 ssh-rsa AAAA", "nonsense", line({}).slice(0, -8), line({}).replace(/(?=ssh-)/, "x,,y ")])
    await assert.rejects(parseSigners(bad, "signers"), /signers/, bad);
});

test("where the time of a run went: the program, a person at a step, and waiting for a person's yes", async (t) => {
  const to = recorder(folder(t));
  const steps = [{ id: "look", risk: "read" as const }, { id: "change" }, { id: "door", kind: "manual" }];
  const run = play(bound({ automation: "assist", steps }));
  const pass = (ms: number): void => void (run.now += ms);
  run.go();
  pass(2_000);
  run.end("look@a");
  pass(30_000);
  run.put({ type: "key", step: "change", batch: 0, by: "li" }).go();
  pass(4_000);
  run.end("change@a");
  pass(60_000);
  run.put({ type: "tick", step: "door", target: "a", by: "li", done: true, note: "" });
  run.end("door@a");
  const place = await recordRun(to, run);
  const phases = phasesOf(new TextDecoder().decode(filesOf(place).get("events.jsonl")));
  const told = phases.map(({ kind, step, from, until }) => [kind, step, (until - from) / 1e9]);
  assert.deepEqual(told, [
    ["work", "look", 2],
    ["person", undefined, 30],
    ["work", "change", 4],
    ["hand", "door", 60],
  ]);
});
