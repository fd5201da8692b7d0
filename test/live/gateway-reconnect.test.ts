// The gateway's reconnect drill: its front is killed, refuses, answers late and is frozen; the gateway sees it by itself, and
// the three files that the manual names say when and for how long.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { SloReport } from "../../src/report/slo/schema.ts";
import { gatewaySite, type GatewaySite } from "../kit/gateway-site.ts";

const RESULTS = ["reconnect_fault_result.md", "ops_health_report.json", "ops_health_report.md"];
const textOf = (site: GatewaySite, ...path: readonly string[]): string => readFileSync(join(site.dir, ...path), "utf8");
const result = (site: GatewaySite, name: string): string => textOf(site, "docs", "results", name);

test("gateway: reconnect drill against a front that is killed, refuses, is slow and is frozen", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");
  let evidence = "";

  await t.test(
    "every fault is seen, recovered from, and reported with its times and seconds [C-015 C-016 C-019]",
    async () => {
      const done = await site.run("SOP-10", "sim", "--reason", "monthly drill");
      assert.deepEqual([done.code, done.verdict], [0, "pass"], `${done.err}${done.out}`);
      evidence = done.evidence;
      const report = JSON.parse(result(site, "ops_health_report.json")) as SloReport;
      assert.deepEqual([report.verdict, report.clock, report.unmatched.count], ["pass", "monotonic", 0]);
      assert.deepEqual(
        report.faults.map(({ scenario, state }) => [scenario, state]),
        ["kill", "refuse", "slow", "freeze"].map((scenario) => [scenario, "recovered"]),
      );
      for (const { appliedAt, disconnectedAt, clearedAt, reconnectedAt, downSeconds } of report.faults) {
        const times = [appliedAt, disconnectedAt, clearedAt, reconnectedAt];
        assert.deepEqual(
          times,
          times.toSorted((a, b) => (a! < b! ? -1 : 1)),
        );
        assert.ok(downSeconds! > 0);
      }
      // What the sockets said: connections that ended, calls that were refused, questions that nobody answered.
      assert.ok(report.faults[1]!.seen.includes("ECONNREFUSED"), report.faults[1]!.seen.join());
      assert.ok(report.faults[3]!.seen.includes("silent"), report.faults[3]!.seen.join());
      assert.match(
        textOf(site, "sites", "sim", "runtime", "reconnect_probe.log"),
        /state=unhealthy .*reason=ECONNREFUSED/,
      );
      const rows = result(site, "reconnect_fault_result.md").match(/^\| (?:kill|refuse|slow|freeze) \|.*$/gm) ?? [];
      for (const [index, row] of rows.entries()) {
        const { disconnectedAt, reconnectedAt, downSeconds } = report.faults[index]!;
        for (const text of [disconnectedAt!, reconnectedAt!, downSeconds!.toFixed(3)])
          assert.ok(row.includes(text), row);
      }
      assert.equal(rows.length, 4);
    },
  );

  await t.test(
    "its evidence holds and has the digests of the three files; made again they are the same [C-018 C-022]",
    async () => {
      const verified = await site.wb("evidence", "verify", evidence);
      assert.equal(verified.code, 0, verified.err);
      for (const name of RESULTS) {
        const path = join("docs", "results", name);
        const kept = await site.verify(path);
        assert.deepEqual([kept.code, kept.verdict, kept.codes.includes("digest-given")], [0, "pass", true], name);
        const text = result(site, name);
        writeFileSync(join(site.dir, path), text.replace(/\d\.\d{1,3}/, "0.001"));
        const edited = await site.verify(path);
        assert.deepEqual([edited.code, edited.verdict], [2, "refused"], name);
        writeFileSync(join(site.dir, path), text);
      }
      // The gateway goes on writing into its probe log, a line a second.
      const [events, probes] = ["fault_events.jsonl", "reconnect_probe.log"].map((name) => {
        const still = join(site.dir, `still-${name}`);
        copyFileSync(join(site.dir, "sites", "sim", "runtime", name), still);
        return still;
      });
      const files = RESULTS.map((name) => join(site.dir, "docs", "results", `again-${name}`));
      const words = ["--output-file", files[0]!, "--health-json-file", files[1]!, "--health-markdown-file", files[2]!];
      const again = (): Promise<unknown> =>
        site.wb("slo", "report", "--fault-events-file", events!, "--probe-log-file", probes!, ...words);
      await again();
      const first = files.map((file) => readFileSync(file, "utf8"));
      await again();
      assert.deepEqual(
        files.map((file) => readFileSync(file, "utf8")),
        first,
      );
    },
  );

  await t.test(
    "paths of the results are values of the book; one outside of docs/results is refused [C-054]",
    async () => {
      for (const path of ["../out.md", "docs/results/../../out.md", "/tmp/out.md"]) {
        const refused = await site.wb(
          "run",
          "SOP-10",
          "--env",
          "sim",
          "--param",
          `result=${path}`,
          "--execute",
          "--no-ask",
        );
        assert.equal(refused.code, 2, refused.out);
        assert.match(refused.err, /result/);
      }
      assert.equal(existsSync(join(site.dir, "out.md")), false);
    },
  );
});

test("gateway: a fault that the gateway does not see fails the drill", async (t) => {
  const site = await gatewaySite(t);
  assert.equal((await site.run("SOP-02", "sim")).verdict, "pass");
  // Nothing is frozen where nothing runs.
  const front = join(site.dir, "sites", "sim-front", "front.pid");
  const pid = Number(readFileSync(front, "utf8"));
  process.kill(pid, "SIGKILL");
  const done = await site.run("SOP-10", "sim");
  assert.deepEqual([done.code, done.verdict], [3, "fail"], done.err);
  assert.equal(existsSync(join(site.dir, "docs", "results", RESULTS[0]!)), false, "and reports nothing");
});
