// Reconnects under injected faults, from lines to the report: what is measured, what proves nothing, what is refused.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { WatchbookError } from "../src/model/error.ts";
import { sloReport } from "../src/report/slo/judge.ts";
import { SLO_SCHEMA_FILE } from "../src/report/slo/json-schema.ts";
import { healthPage, resultPage } from "../src/report/slo/markdown.ts";
import { readEvents, readProbes } from "../src/report/slo/read.ts";
import type { SloReport } from "../src/report/slo/schema.ts";

const home = join(import.meta.dirname, "..");
const EPOCH = Date.UTC(2026, 10, 20, 8, 33);
const wall = (seconds: number): string => `${EPOCH + Math.round(seconds * 1000)}000000`;
const mono = (seconds: number): string => String(5_000_000_000_000n + BigInt(Math.round(seconds * 1e9)));

type Line = readonly [seconds: number, text: string];

/** `apply kill`, `clear kill` … at seconds. */
const events = (lines: readonly Line[], clock = true): string =>
  lines
    .map(([at, text]) => {
      const [phase, scenario, executed = "true"] = text.split(" ");
      const mark = clock ? `,"mono_ns":${mono(at)},"boot":"b1"` : "";
      return `{"ts_ns":${wall(at)}${mark},"mode":"gateway","scenario":"${scenario}","phase":"${phase}","execute":${executed},"parameters":{"port":27405}}\n`;
    })
    .join("");

/** `up`, `down`, `down ECONNREFUSED` … at seconds. */
const probes = (lines: readonly Line[], clock = true): string =>
  lines
    .map(([at, text]) => {
      const [state, reason] = text.split(" ");
      const mark = clock ? ` mono_ns=${mono(at)} boot=b1` : "";
      const why = reason === undefined ? "" : ` reason=${reason}`;
      return `[health] ts_ns=${wall(at)} state=${state === "up" ? "healthy" : "unhealthy"}${mark}${why}\n`;
    })
    .join("");

const reportOf = (eventText: string, probeText: string, target = 10): SloReport =>
  sloReport({
    events: { name: "fault_events.jsonl", sha256: "0".repeat(64), lines: readEvents(eventText, "e") },
    probes: { name: "reconnect_probe.log", sha256: "1".repeat(64), lines: readProbes(probeText, "p") },
    target,
  });

const KILL: readonly Line[] = [
  [10, "apply kill"],
  [12, "clear kill"],
];
const SEEN: readonly Line[] = [
  [9, "up"],
  [10.5, "down closed"],
  [11, "down ECONNREFUSED"],
  [13.25, "up"],
  [16, "up"],
];
const codes = ({ reasons }: SloReport): readonly string[] => reasons.map(({ code }) => code);

test("slo: a fault has its disconnect, its reconnect and the seconds between, by one monotonic clock [C-015]", () => {
  const report = reportOf(events(KILL), probes(SEEN));
  const [fault] = report.faults;
  assert.deepEqual(
    [report.verdict, report.clock, report.reasons, report.link.state],
    ["pass", "monotonic", [], "healthy"],
  );
  assert.deepEqual(
    [fault!.disconnectedAt, fault!.reconnectedAt, fault!.seen],
    ["2026-11-20T08:33:10.500Z", "2026-11-20T08:33:13.250Z", ["closed", "ECONNREFUSED"]],
  );
  assert.deepEqual([fault!.detectSeconds, fault!.downSeconds, fault!.recoverySeconds], [0.5, 2.75, 1.25]);
  assert.deepEqual(fault!.lines, { apply: 1, clear: 2, disconnect: 2, reconnect: 4 });
  assert.equal(reportOf(events(KILL, false), probes(SEEN, false)).clock, "wall");
});

test("slo: the wall clock may step, the seconds do not; without a monotonic clock nothing is proven", () => {
  const stepped = probes(SEEN).replace(wall(13.25), wall(11.1));
  assert.equal(reportOf(events(KILL), stepped).faults[0]!.downSeconds, 2.75);
  const report = reportOf(events(KILL, false), probes(SEEN, false));
  assert.deepEqual([report.verdict, codes(report)], ["inconclusive", ["wall-clock"]]);
  assert.equal(report.faults[0]!.downSeconds, 2.75);
});

test("slo: back is what held for two seconds; who was back before the removal was noted counts from the disconnect", () => {
  const flapping: readonly Line[] = [
    [9, "up"],
    [10.5, "down"],
    [12.5, "up"],
    [13, "down"],
    [14, "up"],
    [17, "up"],
  ];
  assert.deepEqual(reportOf(events(KILL), probes(flapping)).faults[0]!.reconnectedAt, "2026-11-20T08:33:14.000Z");
  const early: readonly Line[] = [
    [9, "up"],
    [10.5, "down"],
    [11.5, "up"],
    [17, "up"],
  ];
  assert.equal(reportOf(events(KILL), probes(early)).faults[0]!.recoverySeconds, 1);
  const rounded: readonly Line[] = [
    [9, "up"],
    [10.5, "down"],
    [12.0000001, "up"],
    [17, "up"],
  ];
  assert.equal(reportOf(events(KILL), probes(rounded)).faults[0]!.recoverySeconds, 0.001, "never rounded down");
});

test("slo: a fault that did not bite, was never over, or met a link that was gone already is not demonstrated", () => {
  const state = (lines: readonly Line[], probed: readonly Line[]) => {
    const report = reportOf(events(lines), probes(probed));
    return [report.verdict, report.faults[0]?.state, codes(report)];
  };
  assert.deepEqual(
    state(KILL, [
      [9, "up"],
      [11, "up"],
      [16, "up"],
    ]),
    ["inconclusive", "not-bitten", ["not-bitten"]],
  );
  assert.deepEqual(
    state(KILL, [
      [9, "down"],
      [11, "down"],
      [13, "up"],
      [16, "up"],
    ]),
    [...["inconclusive", "down-before"], ["down-before"]],
  );
  assert.deepEqual(state(KILL, SEEN.slice(1)), ["inconclusive", "down-before", ["down-before"]], "nobody knows");
  assert.deepEqual(state(KILL.slice(0, 1), SEEN), ["inconclusive", "not-cleared", ["not-cleared"]]);
  assert.deepEqual(state(KILL, SEEN.slice(0, 4)), ["inconclusive", "not-held", ["not-held"]]);
  assert.deepEqual(state(KILL, [[9, "up"]]), ["inconclusive", "not-probed", ["not-probed"]]);
  assert.deepEqual(state([], SEEN), ["inconclusive", undefined, ["no-fault"]]);
  assert.deepEqual(
    state(
      [
        [10, "apply kill false"],
        [12, "clear kill false"],
      ],
      SEEN,
    ),
    [...["inconclusive", undefined], ["no-fault"]],
  );
});

test("slo: an outage long after a fault was gone is none of that fault's; one that nobody saw the end of before is", () => {
  const later: readonly Line[] = [
    [600, "down"],
    [700, "down"],
  ];
  // It did not bite: that the link was gone ten minutes later says nothing of it.
  const untouched = reportOf(events(KILL), probes([[9, "up"], [11, "up"], [14, "up"], ...later]));
  assert.deepEqual(
    [untouched.verdict, codes(untouched), untouched.unmatched.count],
    ["inconclusive", ["not-bitten"], 2],
  );
  const passed = reportOf(events(KILL), probes([...SEEN, ...later]));
  assert.deepEqual([passed.verdict, passed.link.state, passed.unmatched.count], ["pass", "unhealthy", 2]);
  // Noticed within two seconds after it was taken away, or by the first look after that: it bit.
  for (const seen of [
    [
      [11, "up"],
      [13, "up"],
      [13.5, "down"],
    ],
    [
      [11, "up"],
      [300, "down"],
    ],
  ] as readonly (readonly Line[])[]) {
    const report = reportOf(events(KILL), probes([[9, "up"], ...seen, [700, "down"]]));
    assert.deepEqual([report.verdict, codes(report)], ["fail", ["not-recovered"]]);
  }
});

test("slo: no reconnect fails, and so does one that is not below the objective", () => {
  const gone = reportOf(events(KILL), probes(SEEN.slice(0, 3)));
  assert.deepEqual([gone.verdict, gone.faults[0]!.state, gone.link.state], ["fail", "not-recovered", "unhealthy"]);
  assert.deepEqual([gone.summary.p99Seconds, gone.summary.recovered], [null, 0]);
  assert.equal(reportOf(events(KILL), probes(SEEN), 1.251).verdict, "pass");
  const slow = reportOf(events(KILL), probes(SEEN), 1.25);
  assert.deepEqual([slow.verdict, codes(slow)], ["fail", ["too-slow"]]);
});

test("slo: probe lines belong to faults by their time; what no fault explains is listed with its line [C-021]", () => {
  const twice: readonly Line[] = [...KILL, [30, "apply freeze"], [33, "clear freeze"], [50, "clear refuse"]];
  const seen: readonly Line[] = [
    ...SEEN,
    [20, "down closed"],
    [21, "up"],
    [29, "up"],
    [32, "down silent"],
    [33.5, "up"],
    [40, "up"],
  ];
  const report = reportOf(events(twice), probes(seen));
  assert.deepEqual(
    report.faults.map(({ scenario, state, recoverySeconds }) => [scenario, state, recoverySeconds]),
    [
      ["kill", "recovered", 1.25],
      ["freeze", "recovered", 0.5],
    ],
  );
  assert.deepEqual(report.unmatched, {
    count: 1,
    probes: [{ line: 6, at: "2026-11-20T08:33:20.000Z", reason: "closed" }],
    events: [{ line: 5, at: "2026-11-20T08:33:50.000Z", scenario: "refuse", phase: "clear" }],
  });
  assert.match(
    resultPage(report, "en"),
    /1 line of the probe log has the link gone .*\n\n.*\n.*\n\| 6 \| 2026-11-20T08:33:20.000Z/,
  );
});

test("slo: a probe log that goes on over a reboot is compared with faults of its own boot only", () => {
  const before = probes([
    [100, "down"],
    [300, "down"],
  ]).replaceAll("boot=b1", "boot=b0");
  const report = reportOf(events(KILL), before + probes(SEEN));
  assert.deepEqual([report.verdict, report.faults[0]!.downSeconds, report.unmatched.count], ["pass", 2.75, 2]);
});

test("slo: a last line that was being written is left out, told and counted; a wrong one before it is refused [C-020]", () => {
  const whole = events(KILL);
  for (const torn of ['{"ts_ns":1795', '{"ts_ns":1795}\n', "\0\0\0"]) {
    const report = reportOf(whole + torn, `${probes(SEEN)}[health] ts_ns=17`);
    assert.deepEqual(
      [report.verdict, report.inputs.faultEvents.skipped, report.inputs.probeLog.skipped],
      ["pass", 1, 1],
    );
    assert.deepEqual(report.inputs.faultEvents.lines, 3);
    assert.deepEqual(
      report.warnings.map(({ code, args }) => [code, args["line"]]),
      [
        ["torn-line", 3],
        ["torn-line", 6],
      ],
    );
  }
  const refused = (work: () => unknown, line: number): void =>
    assert.throws(
      work,
      (error) => error instanceof WatchbookError && error.code === "SLO-LINE" && error.args["line"] === line,
    );
  refused(() => reportOf(`{"ts_ns":1795\n${whole}`, ""), 1);
  refused(() => reportOf(whole.replace('"clear"', '"cleared"') + whole, ""), 2);
  refused(() => reportOf(whole, probes(SEEN).replace("state=healthy", "state=well")), 1);
  refused(() => reportOf(whole.replace(/"ts_ns":\d+/, '"ts_ns":1.5e18') + whole, ""), 1);
});

test("slo: many boots and many faults are read in their time, a line of megabytes is none of ours [C-020]", () => {
  const each = Array.from({ length: 40_000 }, (_, n) => events([[10 + n, "apply kill"]]).replace('"b1"', `"b${n}"`));
  assert.equal(reportOf(each.join(""), probes(SEEN)).summary.faults, 40_000);
  const refused = (work: () => unknown): void =>
    assert.throws(work, (error) => error instanceof WatchbookError && error.code === "SLO-LINE");
  const long = "x".repeat(100_000);
  refused(() => reportOf(events(KILL).replace('"port":27405', `"port":"${long}"`), ""));
  refused(() => reportOf("", probes([[9, `down ${long}`], ...SEEN])));
  assert.equal(
    reportOf("", `${long}\n${probes(SEEN)}`).inputs.probeLog.other,
    1,
    "other output may be as long as it likes",
  );
});

test("slo: other output between the probe lines is left alone and counted", () => {
  const report = reportOf(events(KILL), `connecting …\n${probes(SEEN)}\nOnFrontConnected\n`);
  assert.deepEqual([report.verdict, report.inputs.probeLog.other, report.inputs.probeLog.lines], ["pass", 2, 7]);
});

test("slo: the published schema is fresh, takes every report, and refuses one that was changed [C-016]", () => {
  execFileSync(process.execPath, [join(home, "scripts", "slo-schema.ts"), "--check"], { stdio: "pipe" });
  const published = z.fromJSONSchema(JSON.parse(readFileSync(join(home, SLO_SCHEMA_FILE), "utf8")));
  const all = [
    reportOf(events(KILL), probes(SEEN)),
    reportOf(events(KILL), probes(SEEN.slice(0, 3))),
    reportOf("", ""),
    reportOf(events(KILL, false), `${probes(SEEN, false)}[health`),
  ];
  for (const report of all) assert.ok(published.safeParse(JSON.parse(JSON.stringify(report))).success);
  const changed = (part: object): boolean => published.safeParse({ ...all[0], ...part }).success;
  assert.deepEqual(
    [changed({ verdict: "PASS" }), changed({ more: 1 }), changed({ summary: {} })],
    [false, false, false],
  );
});

test("slo: every number of the pages is one of the JSON, in both languages [C-017 C-056]", () => {
  const report = reportOf(events(KILL), probes(SEEN));
  const { summary, faults } = report;
  const [fault] = faults;
  const numbers = (page: string, where: RegExp): readonly number[] =>
    [...(where.exec(page)?.[0] ?? "").matchAll(/\d+\.\d{3}(?!Z)/g)].map(([text]) => Number(text));
  for (const lang of ["en", "zh"] as const) {
    const [result, health] = [resultPage(report, lang), healthPage(report, lang)];
    const expected = [summary.p99Seconds, summary.worstSeconds, summary.worstDownSeconds];
    assert.deepEqual(numbers(result.replaceAll(/^\|.*$/gm, ""), /^[^]*$/), expected);
    assert.deepEqual(numbers(health.replaceAll(/^\|.*$/gm, ""), /^[^]*$/), expected);
    const values = [fault!.detectSeconds, fault!.downSeconds, fault!.recoverySeconds];
    assert.deepEqual(numbers(result, /^\| kill .*$/m), values);
    assert.ok(!/undefined|NaN|\{\w+/.test(result + health));
  }
});

test("slo: names out of the files cannot become markup", () => {
  const report = reportOf(
    events(KILL).replaceAll('"scenario":"kill"', '"scenario":"<b>|x`"'),
    probes(SEEN).replace("reason=closed", "reason=|<script>"),
  );
  const page = resultPage(report, "en");
  assert.ok(!page.includes("<b>") && page.includes(String.raw`&lt;b&gt;\|x\``), page);
  assert.match(page, /`\\\|<script>, ECONNREFUSED`/);
});
