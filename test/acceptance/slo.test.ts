// `slo report` as the manual types it: two files in, three files out, or a refusal that leaves nothing behind.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { called, start, type Ended } from "../kit/wb.ts";

const clock = (second: number): string =>
  `"ts_ns":${1_795_163_580 + second}000000000,"mono_ns":${9_000 + second}000000000`;
const event = (phase: string, at: number): string =>
  `{${clock(at)},"boot":"b1","mode":"gateway","scenario":"kill","phase":"${phase}","execute":true,"parameters":{}}\n`;
const probe = (state: string, at: number): string =>
  `[health] ts_ns=${1_795_163_580 + at}000000000 state=${state} mono_ns=${9_000 + at}000000000 boot=b1\n`;
const EVENTS = event("apply", 10) + event("clear", 12);
const PROBES = probe("healthy", 9) + probe("unhealthy", 11) + probe("healthy", 14) + probe("healthy", 17);

interface Place {
  readonly dir: string;
  readonly report: (...words: readonly string[]) => Promise<Ended>;
  readonly text: (name: string) => string;
}

const FILES = [
  ...["--fault-events-file", "runtime/fault_events.jsonl", "--probe-log-file", "runtime/reconnect_probe.log"],
  ...["--output-file", "docs/results/reconnect_fault_result.md"],
  ...["--health-json-file", "docs/results/ops_health_report.json"],
  ...["--health-markdown-file", "docs/results/ops_health_report.md"],
];

function place(t: TestContext): Place {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-slo-"));
  t.after(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, "runtime"));
  writeFileSync(join(dir, "runtime", "fault_events.jsonl"), EVENTS);
  writeFileSync(join(dir, "runtime", "reconnect_probe.log"), PROBES);
  return {
    dir,
    report: (...words) => start(t, called(["slo", "report", ...words]), { cwd: dir }).ended,
    text: (name) => readFileSync(join(dir, "docs", "results", name), "utf8"),
  };
}

const NAMES = ["ops_health_report.json", "ops_health_report.md", "reconnect_fault_result.md"];

test("slo report: the three files of the manual come from one object, the same bytes each time [C-016 C-022 C-056]", async (t) => {
  const { dir, report, text } = place(t);
  const first = await report(...FILES, "--json");
  assert.equal(first.code, 0, first.err);
  assert.deepEqual(JSON.parse(first.out), JSON.parse(text("ops_health_report.json")));
  const before = NAMES.map(text);
  assert.deepEqual(readdirSync(join(dir, "docs", "results")).toSorted(), NAMES, "nothing else is left there");
  assert.match(text("reconnect_fault_result.md"), /\| kill \| – \|.*\| 1\.000 \| 3\.000 \| 2\.000 \| recovered \|/);
  const second = await report(...FILES);
  assert.equal(second.code, 0);
  assert.match(second.out, /^PASS\n/);
  assert.deepEqual(NAMES.map(text), before);
  const chinese = await report(...FILES, "--lang", "zh");
  assert.match(chinese.out, /^通过\n/);
  assert.match(text("reconnect_fault_result.md"), /^# 注入故障下的重连/);
});

test("slo report: a torn line is told and left out; too slow and not demonstrated end with 3 [C-020]", async (t) => {
  const { dir, report } = place(t);
  writeFileSync(join(dir, "runtime", "fault_events.jsonl"), `${EVENTS}{"ts_ns":17`);
  const torn = await report(...FILES);
  assert.equal(torn.code, 0, torn.err);
  assert.match(torn.out, /line 3 of fault_events\.jsonl is not whole/);
  const slow = await report(...FILES, "--max-p99-seconds", "2");
  assert.equal(slow.code, 3);
  assert.match(slow.out, /^FAIL\n[^]*2 s, it must be below 2 s/);
  writeFileSync(join(dir, "runtime", "reconnect_probe.log"), probe("healthy", 9) + probe("healthy", 17));
  const nothing = await report(...FILES);
  assert.equal(nothing.code, 3);
  assert.match(nothing.out, /did not bite/);
});

test("slo report: bad input is refused with 2, and nothing is written", async (t) => {
  const { dir, report, text } = place(t);
  const refused = async (code: string, ...words: readonly string[]): Promise<void> => {
    const ended = await report(...words, "--json");
    assert.deepEqual([ended.code, JSON.parse(ended.out).error.code], [2, code], ended.err);
    assert.equal(existsSync(join(dir, "docs")), false, code);
  };
  const other = (option: string, value: string): readonly string[] =>
    FILES.map((word, index) => (FILES[index - 1] === option ? value : word));
  await refused("SLO-MISSING", ...FILES.slice(2));
  await refused("FILE-NOT-FOUND", ...other("--probe-log-file", "runtime/none.log"));
  await refused("SLO-FILE", ...other("--probe-log-file", "runtime"));
  await refused("SLO-OPTION", ...FILES, "--max-p99-seconds", "0");
  await refused("SLO-SAME-FILE", ...other("--output-file", "docs/results/ops_health_report.md"));
  symlinkSync("reconnect_probe.log", join(dir, "runtime", "link.md"));
  await refused("SLO-SAME-FILE", ...other("--output-file", "runtime/link.md"));
  symlinkSync("runtime", join(dir, "also"));
  const twice = ["--output-file", "runtime/new.md", "--health-markdown-file", "also/new.md"];
  await refused("SLO-SAME-FILE", ...FILES.slice(0, 4), ...twice);
  await refused("OUTPUT-NOT-WRITTEN", ...other("--health-markdown-file", "runtime"));
  writeFileSync(join(dir, "runtime", "bad.log"), PROBES.replace("state=healthy", "state=well"));
  await refused("SLO-LINE", ...other("--probe-log-file", "runtime/bad.log"));
  writeFileSync(join(dir, "runtime", "bytes.log"), Buffer.from([0xff, 0xfe, 10, 10]));
  await refused("SLO-FILE", ...other("--probe-log-file", "runtime/bytes.log"));
  assert.equal((await report("now")).code, 2);
  // The last of three cannot be written: the other two are not new either.
  assert.equal((await report(...FILES)).code, 0);
  const before = NAMES.map(text);
  writeFileSync(join(dir, "runtime", "fault_events.jsonl"), EVENTS.replaceAll("kill", "freeze"));
  writeFileSync(join(dir, "file"), "");
  const half = await report(...other("--health-markdown-file", "file/ops_health_report.md"));
  assert.equal(half.code, 2, half.err);
  assert.deepEqual(NAMES.map(text), before);
});
