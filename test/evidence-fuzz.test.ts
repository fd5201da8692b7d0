import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { canonical } from "../src/evidence/canonical.ts";
import { seal } from "../src/evidence/dsse.ts";
import { signingKey } from "../src/evidence/key.ts";
import { FILES, SUBJECTS } from "../src/evidence/record.ts";
import { parseSigners } from "../src/evidence/signers.ts";
import { verifyEnvFile } from "../src/evidence/verify-env.ts";
import { verifyReport } from "../src/evidence/verify-report.ts";
import { WatchbookError } from "../src/model/error.ts";
import { frameOf } from "../src/report/inspection/frame.ts";
import { record, recorder, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Replaces, removes or doubles one value somewhere inside, chosen by `picks`. */
function mutate(value: Json, picks: readonly number[], put: Json, depth = 0): Json {
  const pick = picks[depth] ?? 0;
  if (value === null || typeof value !== "object" || depth >= picks.length) return put;
  if (Array.isArray(value)) {
    if (value.length === 0) return [put];
    const at = pick % value.length;
    if (pick % 7 === 0) return value.toSpliced(at, 1);
    if (pick % 7 === 1) return value.toSpliced(at, 0, value[at]!);
    return value.with(at, mutate(value[at]!, picks, put, depth + 1));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return put;
  const key = keys[pick % keys.length]!;
  const { [key]: inner, ...rest } = value;
  return pick % 7 === 0 ? rest : { ...rest, [key]: mutate(inner!, picks, put, depth + 1) };
}

const put = fc.constantFrom<Json[]>(
  null,
  true,
  -1,
  1e300,
  "",
  "pass",
  "unknown",
  "open",
  [],
  {},
  [null],
  "above",
  "__proto__",
);
const picks = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 5 });

test("a holder of the key who writes nonsense, and signs it anew, gets a verdict or a refusal, never a crash", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const key = signingKey(to.keys);
  const at = (name: string) => join(place.directory, name);
  const kept = folder(t);
  cpSync(place.directory, kept, { recursive: true });
  const events = readFileSync(at(FILES.events), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
  const result = JSON.parse(readFileSync(at(FILES.json), "utf8")) as Json;
  const payload = JSON.parse(
    Buffer.from(
      (JSON.parse(readFileSync(at(FILES.statement), "utf8")) as { payload: string }).payload,
      "base64",
    ).toString(),
  ) as { subject: { name: string; digest: { sha256: string } }[] };
  const sha256 = (name: string) =>
    createHash("sha256")
      .update(readFileSync(at(name)))
      .digest("hex");
  /** Signs what lies there now, as a careless or malicious holder of the key would. */
  const signAgain = (statement: Json) => writeFileSync(at(FILES.statement), seal(statement, key));

  fc.assert(
    fc.property(fc.nat({ max: 2 }), picks, put, (which, where, value) => {
      if (which === 0) {
        const changed = mutate(events, where, value);
        const lines = Array.isArray(changed) ? changed : [changed];
        writeFileSync(at(FILES.events), lines.map((line) => `${canonical(line)}\n`).join(""));
      }
      if (which === 1) writeFileSync(at(FILES.json), canonical(mutate(result, where, value)));
      const subject = payload.subject.map((one) =>
        (SUBJECTS as readonly string[]).includes(one.name) ? { ...one, digest: { sha256: sha256(one.name) } } : one,
      );
      const statement = { ...payload, subject } as unknown as Json;
      signAgain(which === 2 ? mutate(statement, where, value) : statement);
      const same = readFileSync(at(FILES.statement)).equals(readFileSync(join(kept, FILES.statement)));
      const { verdict } = verify(to, place);
      rmSync(place.directory, { recursive: true });
      cpSync(kept, place.directory, { recursive: true });
      // Signed anew it is not in the log any more.
      assert.equal(verdict, same ? "pass" : "refused");
    }),
    { numRuns: 120, seed: 11 },
  );
  assert.equal(verify(to, place).verdict, "pass");
});

test("random files get a verdict, never a crash: KEY=VALUE, reports, signers", (t) => {
  const to = recorder(folder(t));
  const demands = { trust: { signers: [] }, limits: {}, pins: { now: 0 }, roots: [to.root] };
  const file = join(folder(t), "file.md");
  const scraps = fc.constantFrom(
    "A",
    "=",
    "\n",
    "#",
    "'",
    '"',
    "$(",
    "FAILOVER_ENV=x\n",
    "rto_seconds=",
    "nan",
    "STEP_1_NAME",
    "2026/11/20261120T083300Z-a-0000",
    "\u0000",
    "\ufeff",
    "中",
    "|",
    "ssh-ed25519 AAAA",
  );
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 30 }), fc.uint8Array({ maxLength: 8 }), (parts, tail) => {
      writeFileSync(file, Buffer.concat([Buffer.from(parts.join("")), tail]));
      assert.notEqual(verifyEnvFile(file, demands).verdict, "pass");
      assert.notEqual(verifyReport(file, demands, frameOf).whole.verdict, "pass");
      try {
        parseSigners(parts.join(""), "signers");
      } catch (error) {
        assert.ok(error instanceof WatchbookError);
      }
    }),
    { numRuns: 300, seed: 11 },
  );
});
