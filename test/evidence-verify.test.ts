import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { seal } from "../src/evidence/dsse.ts";
import { signingKey } from "../src/evidence/key.ts";
import { logFolder, readCheckpoint } from "../src/evidence/log.ts";
import { FILES } from "../src/evidence/record.ts";
import { recompute } from "../src/evidence/recompute.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { verifyEnvFile } from "../src/evidence/verify-env.ts";
import { rememberedFile } from "../src/evidence/remembered.ts";
import { sealTwin } from "../src/evidence/report-twin.ts";
import { comparePages } from "../src/evidence/report-page.ts";
import { verifyReport } from "../src/evidence/verify-report.ts";
import { frameOf } from "../src/report/inspection/frame.ts";
import { codes, record, recorder, STARTED, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

const HOUR = 3_600_000;

test("one flipped bit anywhere in any file is refused", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  assert.equal(verify(to, place).verdict, "pass");
  for (const name of Object.values(FILES)) {
    const path = join(place.directory, name);
    const sound = readFileSync(path);
    const spots = [
      0,
      1,
      Math.floor(sound.length / 3),
      Math.floor(sound.length / 2),
      sound.length - 2,
      sound.length - 1,
    ];
    for (const at of spots) {
      const changed = Buffer.from(sound);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      assert.equal(verify(to, place).verdict, "refused", `${name} byte ${at}`);
    }
    writeFileSync(path, sound);
  }
  assert.equal(verify(to, place).verdict, "pass");
});

test("files that are cut, missing, too many, swapped with another run's, or links are refused", async (t) => {
  const to = recorder(folder(t));
  const [one, two] = [await record(to, "run-1"), await record(to, "run-2")];
  const at = (name: string) => join(one.directory, name);
  const harms: readonly [string, () => void][] = [
    ["digest-disagrees", () => truncateSync(at(FILES.events), 200)],
    ["file-missing", () => rmSync(at(FILES.markdown))],
    ["extra-file", () => writeFileSync(at("notes.txt"), "x")],
    ["digest-disagrees", () => cpSync(join(two.directory, FILES.json), at(FILES.json))],
    ["not-included", () => cpSync(join(two.directory, FILES.proof), at(FILES.proof))],
    ["moved", () => cpSync(two.directory, one.directory, { recursive: true })],
    [
      "symlink",
      () => {
        rmSync(at(FILES.env));
        symlinkSync(join(two.directory, FILES.env), at(FILES.env));
      },
    ],
    [
      "not-a-file",
      () => {
        rmSync(at(FILES.env));
        mkdirSync(at(FILES.env));
      },
    ],
    ["too-large", () => truncateSync(at(FILES.markdown), 100 * 1024 * 1024)],
  ];
  const kept = folder(t);
  cpSync(one.directory, kept, { recursive: true });
  for (const [code, harm] of harms) {
    harm();
    const verification = verify(to, one);
    assert.deepEqual([verification.verdict, codes(verification)], ["refused", [code]]);
    rmSync(one.directory, { recursive: true });
    cpSync(kept, one.directory, { recursive: true });
  }
  assert.equal(verify(to, one).verdict, "pass");
});

test("what a stranger signed again is refused, with his key beside it or without", async (t) => {
  const [mine, theirs] = [recorder(folder(t)), recorder(folder(t))];
  const good = await record(mine, "run-1", { cpu: 95 });
  const forged = await record(theirs, "run-1");
  assert.equal(verify(theirs, forged).verdict, "pass");
  assert.deepEqual(codes(verify(mine, forged.directory)), ["stranger"]);
  rmSync(good.directory, { recursive: true });
  cpSync(forged.directory, good.directory, { recursive: true });
  assert.deepEqual(codes(verify(mine, good)), ["stranger"]);
});

test("whoever has the key still cannot state a verdict that the events do not give", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1", { cpu: 95 });
  const path = join(place.directory, FILES.statement);
  const { payload } = JSON.parse(readFileSync(path, "utf8")) as { payload: string };
  const statement = JSON.parse(Buffer.from(payload, "base64").toString()) as { predicate: { verdict: string } };
  statement.predicate.verdict = "pass";
  writeFileSync(path, seal(statement, signingKey(to.keys)));
  assert.deepEqual(codes(verify(to, place)), ["verdict-disagrees"]);
});

test("a key counts for the time it was valid, and a directory only under its own name", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const [signer] = trusting(to).trust.signers;
  const during = (after: number, before: number) =>
    verify(to, place, { trust: { signers: [{ ...signer!, after, before }] } });
  assert.equal(during(STARTED, STARTED + HOUR).verdict, "pass");
  assert.deepEqual(codes(during(STARTED + HOUR, STARTED + 2 * HOUR)), ["signer-not-valid"]);
  assert.deepEqual(codes(verify(to, place, { trust: { signers: [] } })), ["stranger"]);
  const replayed = join(dirname(place.directory), "20261121T083300Z-daily-7f3a");
  renameSync(place.directory, replayed);
  assert.deepEqual(codes(verify(to, replayed)), ["moved"]);
});

test("an old run replayed as today's is stale; host, commit and clock are asked for by name", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const asked = (pins: object) => verify(to, place, { pins: { now: STARTED + 30 * HOUR, ...pins } });
  assert.equal(asked({ maxAge: 31 * HOUR, host: "gate-1", commit: "1234567" }).verdict, "pass");
  assert.deepEqual(
    [asked({ maxAge: 24 * HOUR }).verdict, codes(asked({ maxAge: 24 * HOUR }))],
    ["inconclusive", ["stale"]],
  );
  assert.deepEqual(codes(asked({ host: "gate-2" })), ["other-host"]);
  assert.deepEqual(codes(asked({ commit: "abcdef0" })), ["other-commit"]);
  assert.deepEqual(codes(asked({ now: STARTED - HOUR })), ["from-the-future"]);
});

test("a log whose tail was cut, or that was rewritten, is found out by the evidence and by a kept checkpoint", async (t) => {
  const to = recorder(folder(t));
  const first = await record(to, "run-1");
  const log = logFolder(to.root);
  const [shorter, copy] = [readCheckpoint(to.root)!, folder(t)];
  cpSync(log, copy, { recursive: true });
  const second = await record(to, "run-2");
  const longer = readCheckpoint(to.root)!;
  const restore = (from: string) => {
    rmSync(log, { recursive: true });
    cpSync(from, log, { recursive: true });
  };
  assert.equal(verify(to, first, { checkpoint: shorter }).verdict, "pass");
  assert.equal(verify(to, first, { checkpoint: longer }).verdict, "pass");
  restore(copy);
  assert.equal(verify(to, first).verdict, "pass");
  assert.deepEqual(codes(verify(to, second)), ["not-included"]);
  assert.deepEqual(codes(verify(to, first, { checkpoint: longer })), ["log-cut"]);
  // Whoever cut the log also had the host forget what it had signed.
  rmSync(rememberedFile(to.keys, to.root));
  await record(to, "run-3");
  assert.deepEqual(codes(verify(to, first, { checkpoint: longer })), ["log-rewritten"]);
});

test("a directory copied out for an auditor holds by itself, and says that the log was not at hand", async (t) => {
  const to = recorder(folder(t));
  await record(to, "run-0");
  const place = await record(to, "run-1");
  const out = join(folder(t), "from the bank");
  cpSync(place.directory, out, { recursive: true });
  const verification = verify(to, out);
  assert.deepEqual([verification.verdict, codes(verification)], ["pass", ["log-not-here"]]);
  assert.deepEqual(codes(verify(to, out, { checkpoint: readCheckpoint(to.root)! })), ["no-log"]);
});

test("signed events that contradict themselves are refused: bands, items, order, a clock that steps back", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const lines = readFileSync(join(place.directory, FILES.events), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const outcome = (change: (events: Record<string, any>[]) => void): string => {
    const events = structuredClone(lines) as Record<string, any>[];
    change(events);
    try {
      return recompute("inspection", events as never, "execute").verdict;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.reason.code;
    }
  };
  assert.equal(
    outcome(() => undefined),
    "pass",
  );
  const cases: readonly [string, (events: Record<string, any>[]) => void][] = [
    ["reading-disagrees", (e) => (e[1]!["data"].value = 95)],
    ["events-shape", (e) => delete e[1]!["data"].value],
    ["events-shape", (e) => (e[1]!["data"].outcome = "green")],
    ["events-missing", (e) => e[4]!["data"].readings.push("memory@local")],
    ["item-disagrees", (e) => (e[3]!["data"].outcome = "skipped")],
    ["item-disagrees", (e) => (e[5]!["data"].outcome = "warn")],
    ["events-shape", (e) => (e[5]!["data"] = e[4]!["data"])],
    ["verdict-disagrees", (e) => (e[6]!["data"].verdict = "inconclusive")],
    ["verdict-disagrees", (e) => (e[6]!["data"].interrupted = true)],
    ["events-order", (e) => e.splice(2, 1)],
    ["events-order", (e) => e.pop()],
    ["events-order", (e) => e.reverse()],
    ["events-order", (e) => (e[3]!["mono_ns"] = "1")],
    ["events-order", (e) => (e[3]!["boot_id"] = "other")],
    ["events-order", (e) => (e[3]!["type"] = "run.ended")],
    ["events-order", (e) => (e[3] = { ...e[6], seq: 4, mono_ns: e[3]!["mono_ns"] })],
    ["events-order", (e) => e.splice(0)],
  ];
  for (const [code, change] of cases) assert.equal(outcome(change), code, String(change));
});

test("a result.env by itself counts when a run left exactly it, and demonstrates nothing otherwise [C-028]", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1", { env: [["RTO_SECONDS", "4.2"]] });
  const file = join(folder(t), "wal_recovery_result.env");
  cpSync(join(place.directory, FILES.env), file);
  const asked = (limits: object = {}) => verifyEnvFile(file, trusting(to, { limits }));
  assert.equal(asked({ maxRtoSeconds: 5 }).verdict, "pass");
  assert.equal(asked({ maxRtoSeconds: 4 }).verdict, "fail");
  writeFileSync(file, readFileSync(file, "utf8").replace("4.2", "1.2"));
  assert.deepEqual([asked().verdict, codes(asked())], ["inconclusive", ["untied"]]);
  writeFileSync(file, "A=1\nA=2\n");
  assert.deepEqual([asked().verdict, codes(asked())], ["refused", ["env-twice"]]);
  writeFileSync(file, Buffer.from([0x41, 0x3d, 0xff, 0x0a]));
  assert.deepEqual(codes(asked()), ["not-utf8"]);
  rmSync(file);
  assert.deepEqual(codes(asked()), ["file-missing"]);
});

test("a report holds as long as every signed line stands in it and nobody changed it", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const path = join(folder(t), "daily-20261120.md");
  const signed = readFileSync(join(place.directory, FILES.markdown), "utf8");
  const report = `${signed.replace("| 41.5 % |", "| 41.5 % | ↑ 3 |")}\n| Evidence | \`${place.directory}\` |\n`;
  const asked = () => verifyReport(path, trusting(to), frameOf).whole;
  writeFileSync(path, report);
  assert.deepEqual([asked().verdict, codes(asked())], ["inconclusive", ["report-no-twin"]]);
  writeFileSync(path, report.replace("41.5", "31.5"));
  assert.deepEqual([asked().verdict, codes(asked())], ["refused", ["report-differs"]]);
  writeFileSync(path, signed);
  assert.deepEqual(codes(asked()), ["report-names-none"]);
  writeFileSync(path, report.replace(basename(place.directory), `${basename(place.directory).slice(0, -4)}0000`));
  assert.deepEqual(codes(asked()), ["evidence-missing"]);
  writeFileSync(path, report);
  const result = JSON.parse(readFileSync(join(place.directory, FILES.json), "utf8")) as { items: object[] };
  const markdown = { sha256: createHash("sha256").update(report).digest("hex") };
  const twin = (...runs: readonly object[]): void =>
    writeFileSync(path.replace(".md", ".json"), sealTwin({ markdown, runs }));
  twin({ ...result, counts: { pass: 2 } });
  assert.deepEqual([asked().verdict, codes(asked())], ["pass", []]);
  twin({ ...result, items: result.items.map((one) => ({ ...one, outcome: "warn" })) });
  assert.deepEqual([asked().verdict, codes(asked())], ["refused", ["report-twin"]], "another outcome in the JSON");
  twin({ ...result, items: result.items.slice(1) });
  assert.deepEqual(codes(asked()), ["report-twin"], "an item less in the JSON");
  twin(result, { ...result, id: "run-2" });
  assert.deepEqual([asked().verdict, codes(asked())], ["inconclusive", ["report-run-bare"]]);
  twin(result);
  writeFileSync(path.replace(".md", ".json"), ` ${readFileSync(path.replace(".md", ".json"), "utf8")}`);
  assert.deepEqual(codes(asked()), ["report-changed"], "one blank more in the JSON");
  twin(result);
  writeFileSync(path, report.replace("↑ 3", "↑ 2"));
  assert.deepEqual([asked().verdict, codes(asked())], ["refused", ["report-changed"]]);
});

test("the signed page is compared in the language that the report has", () => {
  const page = "# Daily\n\n## Run 1\n| a | 1 |\n---\n# 每日\n| 甲 | 1 |\n";
  const compare = (report: string) => comparePages(report, [{ page, frame: { lines: [], rows: [] } }]);
  assert.deepEqual(compare("# Daily\n## Run 2\n| a | 1 | more |\n"), {});
  assert.deepEqual(compare("# 每日\n| 甲 | 1 |\n"), {});
  assert.deepEqual(compare("# 每日\n| 甲 | 2 |\n"), { missing: "| 甲 | 1 |", unsigned: "| 甲 | 2 |" });
});

test("evidence of a manual that was not committed says so", async (t) => {
  const to = recorder(folder(t));
  const place = await record({ ...to, origin: { ...to.origin, book: { ...to.origin.book, dirty: true } } }, "run-1");
  assert.deepEqual(codes(verify(to, place)), ["dirty-book"]);
  assert.ok(readdirSync(place.directory).length > 0);
});

test("a flipped bit anywhere in the log is refused, in old tiles too", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  await record(to, "run-2");
  const log = logFolder(to.root);
  for (const file of ["checkpoint", "tile/0/000.p/2", "tile/entries/000.p/2"]) {
    const sound = readFileSync(join(log, file));
    for (const at of [0, 40, 70, sound.length - 1].filter((spot) => spot < sound.length)) {
      const changed = Buffer.from(sound);
      changed[at]! ^= 1;
      writeFileSync(join(log, file), changed);
      assert.equal(verify(to, place).verdict, "refused", `${file} byte ${at}`);
    }
    writeFileSync(join(log, file), sound);
  }
  assert.equal(verify(to, place).verdict, "pass");
});
