// What somebody without the key can do: move, link and rename directories, edit and leave out what nobody signed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { sealTwin } from "../src/evidence/report-twin.ts";
import { verifyReport } from "../src/evidence/verify-report.ts";
import type { EvidencePlace } from "../src/model/evidence.ts";
import { frameOf } from "../src/report/inspection/frame.ts";
import { codes, record, recorder, STARTED, trusting, verify } from "./kit/evidence.ts";
import { folder } from "./kit/folder.ts";

const HOUR = 3_600_000;

test("a directory that lies elsewhere in its root than it was made for is refused, under whatever name", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const name = basename(place.directory);
  for (const path of [`2026/12/${name}`, `2026/11/${name.toLowerCase()}`, "2026/11/copy", "kept"]) {
    const other = join(to.root, path);
    mkdirSync(dirname(other), { recursive: true });
    renameSync(place.directory, other);
    const found = verify(to, other);
    assert.deepEqual([found.verdict, codes(found)], ["refused", ["moved"]], path);
    renameSync(other, place.directory);
  }
  assert.equal(verify(to, place).verdict, "pass");
});

test("a link under the name of another day is refused, and so is one that leads to a copy out of the log's reach", async (t) => {
  const to = recorder(folder(t));
  const [old, place] = [await record(to, "run-1"), await record(to, "run-2")];
  const today = join(dirname(old.directory), "20261121T083300Z-每日巡检-daily-7f3a");
  symlinkSync(old.directory, today);
  assert.deepEqual(codes(verify(to, today)), ["moved"]);
  const away = join(folder(t), "evidence", "2026", "11", basename(place.directory));
  cpSync(place.directory, away, { recursive: true });
  rmSync(place.directory, { recursive: true });
  symlinkSync(away, place.directory);
  assert.deepEqual(codes(verify(to, place)), ["symlink"]);
});

test("a link to evidence that has no name of its own, such as latest, may be verified", async (t) => {
  const to = recorder(folder(t));
  const place = await record(to, "run-1");
  const latest = join(folder(t), "latest");
  symlinkSync(place.directory, latest);
  assert.equal(verify(to, latest).verdict, "pass");
});

const page = (cpu: string, verdict: string): string =>
  ["# Daily · 2026-11-20", "## Run 1: 16:33 to 16:34, by li", `**Verdict: ${verdict}** · said`, "### All items"]
    .concat("| Item | Reading |", "| --- | --- |", `| CPU | ${cpu} |`)
    .join("\n\n");

/** Two runs of one day, the first failed, with the report of both as the program writes it. */
async function day(t: TestContext) {
  const to = recorder(folder(t));
  const result = (id: string, verdict: string, cpu: string) => ({
    id,
    verdict,
    duty: "daily",
    period: "2026-11-20",
    zone: "UTC",
    started: STARTED + (id === "run-1" ? 0 : HOUR),
    place: { version: "0.1.0" },
    items: [
      { id: "resources", outcome: verdict },
      { id: "door", outcome: "pass" },
    ],
    cpu,
  });
  const runs = [result("run-1", "fail", "95 %"), result("run-2", "pass", "41 %")];
  const places: EvidencePlace[] = [];
  for (const run of runs)
    places.push(
      await record(to, run.id, {
        started: run.started,
        ended: run.started + 1000,
        cpu: run.verdict === "fail" ? 95 : 41,
        result: run,
        markdown: `${page(run.cpu, run.verdict === "fail" ? "failed" : "passed")}\n`,
      }),
    );
  const section = (n: number): string => {
    const verdict = n === 0 ? "failed" : "passed";
    const [, , said, ...rest] = page(runs[n]!.cpu, verdict).split("\n\n");
    return [`<!-- run run-${n + 1} -->`, `## Run ${n + 1}: 16:33 to 16:34, by li`, said!, ...rest]
      .concat(`| Evidence | \`${places[n]!.directory}\` |`)
      .join("\n");
  };
  const head = ["---", "watchbook:", "  kind: report", "---", "# Daily · 2026-11-20", "**Verdict: passed** · said"];
  const report = [...head, "Period: 2026-11-20 (UTC)", section(0), section(1), ""].join("\n");
  const path = join(folder(t), "daily-20261120.md");
  const write = (text: string, shown = runs, at = path): void => {
    writeFileSync(at, text);
    const markdown = { sha256: createHash("sha256").update(text).digest("hex") };
    writeFileSync(
      at.replace(".md", ".json"),
      sealTwin({ duty: "daily", period: "2026-11-20", zone: "UTC", markdown, runs: shown }),
    );
  };
  const asked = (at = path) => verifyReport(at, trusting(to, { pins: { now: STARTED + 2 * HOUR } }), frameOf).whole;
  return { to, runs, places, section, head, report, path, write, asked };
}

test("a report as the program wrote it holds; its verdict is that of the worst run it names", async (t) => {
  const { report, write, asked } = await day(t);
  write(report);
  assert.deepEqual([asked().verdict, codes(asked())], ["fail", ["verdict-fail"]]);
});

test("false lines beside the signed ones are found, though the digest in the JSON was made anew", async (t) => {
  const { report, write, asked } = await day(t);
  const forgeries: readonly [string, string][] = [
    [
      "the signed lines in a comment",
      report.replace("| Item | Reading |", "| CPU | 12 % |\n\n<!--\n| Item | Reading |"),
    ],
    ["one more row", report.replace("| CPU | 95 % |", "| CPU | 95 % |\n| CPU | 12 % |")],
    ["a sentence of praise", report.replace("### All items", "All alarms were tested and are false.\n\n### All items")],
    ["two more cells", report.replace("| CPU | 95 % |", "| CPU | 95 % | measured wrongly | in truth 12 % |")],
    ["another period", report.replace("Period: 2026-11-20", "Period: 2026-11-21")],
    ["a line of HTML", report.replace("# Daily", "<style>tr { display: none }</style>\n# Daily")],
  ];
  for (const [what, text] of forgeries) {
    assert.notEqual(text, report, what);
    write(text);
    assert.ok(
      codes(asked()).some((code) => code === "report-unsigned" || code === "report-differs"),
      what,
    );
    assert.notEqual(asked().verdict, "pass", what);
  }
});

test("the verdict of a good run cannot be put above a bad one that came later, nor sections change places", async (t) => {
  const { head, section, write, asked } = await day(t);
  write([...head, "Period: 2026-11-20 (UTC)", section(1), section(0), ""].join("\n"));
  assert.equal(asked().verdict, "refused");
  assert.deepEqual(codes(asked()), ["report-differs"]);
});

test("a run that the report leaves out is missed, also when its directory is gone", async (t) => {
  const { head, section, runs, places, write, asked } = await day(t);
  const only = section(1).replace("**Verdict: passed** · said\n", "").replace("## Run 2", "## Run 1");
  write([...head, "Period: 2026-11-20 (UTC)", only, ""].join("\n"), runs.slice(1));
  assert.deepEqual([asked().verdict, codes(asked())], ["inconclusive", ["report-run-missing"]]);
  rmSync(places[0]!.directory, { recursive: true });
  assert.deepEqual([asked().verdict, codes(asked())], ["inconclusive", ["report-run-missing"]]);
});

test("a report put under the date of another day is not that day's", async (t) => {
  const { report, path, write, asked, runs } = await day(t);
  const later = path.replace("20261120", "20261121");
  write(report, runs, later);
  assert.ok(codes(asked(later)).includes("report-date"));
  const dashed = path.replace("20261120", "2026-11-21");
  write(report, runs, dashed);
  assert.ok(codes(asked(dashed)).includes("report-date"));
});

test("keys of the JSON that contradict the signed ones by being there twice are refused", async (t) => {
  const { report, path, write, asked } = await day(t);
  write(report);
  const file = path.replace(".md", ".json");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace('"verdict": "fail"', '"verdict": "pass",\n      "verdict": "fail"'),
  );
  assert.deepEqual(codes(asked()), ["report-changed"]);
  assert.equal(asked().verdict, "refused");
});
