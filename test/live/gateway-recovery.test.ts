// The gateway's WAL recovery as its manual has it: killed in the middle of a load, started again, and what that cost comes
// from the ids that the load kept and one monotonic clock.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, faultIn, gatewaySite } from "../kit/gateway-site.ts";

const FILE = "docs/results/wal_recovery_result.env";
const LIMITS = ["--max-rto-seconds", "10", "--max-rpo-events", "0"];
/** Only the loss is looked at: how long a start takes is another matter. */
const lossOf = (most: number) => ["--max-rto-seconds", "600", "--max-rpo-events", String(most)];
const asked = (at: string) => ["--inject-fault", at, "--output-file", FILE, "--reason", "monthly drill"];

/** Keys in the first column of the book's template. */
const templateKeys = (book: string): readonly string[] =>
  [...readFileSync(join(example, book, "templates", "wal-recovery-result.md"), "utf8").matchAll(/^\| `(\w+)`/gm)].map(
    ([, key]) => key!,
  );

test("gateway: WAL recovery under load, measured and verified", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");

  await t.test(
    "killed under load it is back within 10 s, and nothing acknowledged is lost [C-023 C-026 C-058]",
    async () => {
      const words = ["--env", "sim", "--no-ask", "--json", ...asked("recovery-start")];
      const done = await site.wb("drill", "SOP-09", ...words);
      assert.deepEqual([done.code, JSON.parse(done.out).verdict], [0, "pass"], `${done.err}${done.out}`);
      const env = site.env("wal_recovery_result.env");
      const { steps } = JSON.parse(done.out) as { steps: readonly { id: string; state: string }[] };
      assert.deepEqual(steps[0] && [steps[0].id, steps[0].state], ["SOP-09/preconditions", "done"]);
      assert.equal(faultIn(env), "ok");
      assert.deepEqual(
        [
          "rpo_events",
          "RPO_EVENTS",
          "LOST_ACKED",
          "result",
          "wal_path",
          "release_version",
          "FAULT_EFFECT_VERIFIED",
        ].map((key) => env.get(key)),
        ["0", "0", "0", "pass", "wal/orders.wal", "1.0.0", "true"],
      );
      const objectives = [...env]
        .filter(([key]) => key.startsWith("OBJECTIVE_"))
        .map(([key, value]) => `${key}=${value}`);
      assert.deepEqual(objectives, [
        "OBJECTIVE_RPO_EVENTS_MOST=0",
        "OBJECTIVE_RPO_EVENTS_MET=true",
        "OBJECTIVE_RTO_SECONDS_MOST=10",
        "OBJECTIVE_RTO_SECONDS_MET=true",
      ]);
      assert.ok(Number(env.get("ACKED_LAST_SECOND")) >= 100, env.get("ACKED_LAST_SECOND"));
      const verified = await site.verify(FILE, ...LIMITS);
      assert.deepEqual([verified.code, verified.verdict], [0, "pass"], verified.codes.join(" "));
      const { replayed } = await site.status("sim");
      assert.ok(Number(replayed) > 1_000, String(replayed));
    },
  );

  await t.test("exactly as long as measured passes, a millisecond less fails [C-025]", async () => {
    const seconds = Number(site.env("wal_recovery_result.env").get("rto_seconds"));
    assert.ok(seconds > 0 && seconds <= 10, String(seconds));
    assert.equal((await site.verify(FILE, "--max-rto-seconds", String(seconds))).code, 0);
    const less = await site.verify(FILE, "--max-rto-seconds", (seconds - 0.001).toFixed(3));
    assert.deepEqual([less.code, less.verdict], [3, "fail"]);
    assert.ok(less.codes.includes("limit-exceeded"), less.codes.join(" "));
  });

  await t.test("the file has the template's fields, one to one, and none may be missing [C-024]", async () => {
    const text = readFileSync(join(site.dir, FILE), "utf8");
    const keys = text.split("\n").map((line) => line.split("=")[0]!);
    for (const book of ["book", "book-en"]) assert.deepEqual(keys.slice(0, 10), templateKeys(book));
    const file = join(site.dir, "docs", "results", "without.env");
    for (const key of ["rto_seconds", "rpo_events", "operator", "result", "wal_path", "drill_id"]) {
      writeFileSync(file, text.replace(new RegExp(`^${key}=.*\n`, "m"), ""));
      const without = await site.verify(file, ...LIMITS);
      assert.deepEqual([without.code, without.codes.includes("key-missing")], [3, true], key);
    }
  });

  await t.test("not there, not readable and over the limit are told apart [C-028]", async () => {
    const none = await site.wb("evidence", "verify", "docs/results/none.env", ...LIMITS, "--json");
    assert.deepEqual([none.code, JSON.parse(none.out).error.code], [2, "FILE-NOT-FOUND"]);
    writeFileSync(join(site.dir, "docs", "results", "bad.env"), "rto_seconds=NaN\nrpo_events=0\nwal_path=x\n");
    const bad = await site.verify("docs/results/bad.env", ...LIMITS);
    assert.deepEqual([bad.code, bad.verdict], [2, "refused"]);
    const over = await site.verify(FILE, "--max-rto-seconds", "0.001");
    assert.deepEqual([over.code, over.verdict], [3, "fail"]);
  });

  await t.test("without a fault nothing was recovered: the run fails, and the load is ended", async () => {
    const none = await site.run("SOP-09", "sim");
    assert.deepEqual([none.code, none.verdict], [3, "fail"], none.err);
    assert.equal(none.steps["recovery-judge@sim"], "failed");
    assert.equal(site.pids().length, 2, "gateway and front");
  });
});

test("gateway: one record that is gone after the kill is one lost event, and the evidence fails with it [C-026]", async (t) => {
  const site = await gatewaySite(t);
  const manual = join(site.book, "runbooks", "recovery.md");
  const data = join(site.book, "watchbook.yaml");
  // The log is whole to whoever looks at it alone; only the ledger of the load knows that an order is missing.
  const drop =
    '4. Lose one\n\n   ```bash {"name":"recovery-drop","wb-risk":"destructive"}\n   gateway wal drop "$WB_RUN-1"\n   ```\n\n';
  writeFileSync(
    manual,
    readFileSync(manual, "utf8").replace("4. Start the gateway again", `${drop}4. Start the gateway again`),
  );
  writeFileSync(data, readFileSync(data, "utf8").replace("step: recovery-start", "step: recovery-drop"));
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");
  const done = await site.run("SOP-09", "sim", ...asked("recovery-drop"));
  // The exchange has an order that the gateway does not know any more.
  assert.deepEqual([done.code, done.verdict, done.steps["recovery-once@sim"]], [3, "fail", "failed"], done.err);
  assert.equal(done.steps["recovery-judge@sim"], "done");
  assert.deepEqual(
    ["rpo_events", "result"].map((key) => site.env("wal_recovery_result.env").get(key)),
    ["1", "fail"],
  );
  const verified = await site.verify(FILE, ...lossOf(0));
  assert.deepEqual([verified.code, verified.verdict], [3, "fail"]);
  assert.ok(verified.codes.includes("limit-exceeded"), verified.codes.join(" "));
  const more = await site.verify(FILE, ...lossOf(1));
  assert.ok(!more.codes.includes("limit-exceeded"), "the limit is what is compared");
});
