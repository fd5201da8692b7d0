// Keys of comments that stand where nothing reads them: each is told with its line and the place where it is read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileText } from "../src/book/compile/text.ts";
import { sayFinding } from "../src/i18n/texts.ts";

/** Key, line and last words of the fix of every key that nothing reads. */
const told = (...lines: string[]): readonly unknown[] =>
  compileText("a.md", `${lines.join("\n")}\n`)
    .findings.filter(({ code }) => code === "WB020" || code === "WB201" || code === "WB204")
    .map((one) => [one.args["key"] ?? one.code, one.source.line, sayFinding(one, "en").fix]);

const THRESHOLDS = ["| Metric | Warning | Critical |", "|---|---|---|", "| lamps | 70 | 90 |"];
const BACKUPS = ["| Data | Frequency | Retention |", "|---|---|---|", "| store | daily | 7 days |"];
const LEVELS = ["| Level | Response | Resolution |", "|---|---|---|", "| P1 | 5 min | 1 h |", "| P2 | 1 h | 4 h |"];

const comment = (keys: string): string => `<!-- watchbook: ${keys} -->`;

const DUTY = "It is read directly above or below a checklist (`- [ ]`) or the numbered list of an inspection.";
const ROW = "It is read beside a threshold table, in the comment that names the row (row=… probe=… for=…).";
const SCALE = "It is read directly above or below a table or list of severities.";
const RULE =
  "It is read in a comment that repeats an alert rule word for word and names its probe (item=… probe=… for=… severity=…).";

test("keys of a duty above a table, a paragraph, a fence or a plain list are told", () => {
  for (const below of [THRESHOLDS, BACKUPS, ["A paragraph."], ["```bash", "uptime", "```"], ["- lamps", "- fans"]])
    assert.deepEqual(
      told("# A", "", comment("every=daily owner=li"), "", ...below),
      [
        ["every", 3, DUTY],
        ["owner", 3, DUTY],
      ],
      below[0],
    );
  assert.deepEqual(told("# A", "", comment("every=daily"), "- [ ] lamps"), []);
  assert.deepEqual(told("# Daily inspection", "", comment("owner=li at=09:00"), "", "1. lamps", "2. fans"), []);
  assert.deepEqual(told("# A", "", "- [ ] lamps", "", comment("every=daily")), []);
});

test("keys of a duty whose section is planned, or that has no numbers yet, stand where they belong", () => {
  assert.deepEqual(told("# Later", "", comment("status=planned"), "", comment("every=daily"), "- [ ] lamps"), []);
  assert.deepEqual(told("# Daily inspection", "", comment("owner=li"), "- lamps", "- fans"), []);
});

test("keys of a threshold row are told without a row, above another table and beside no table", () => {
  assert.deepEqual(told("# A", "", comment("row=lamps probe=tcp for=5m"), ...THRESHOLDS), []);
  assert.deepEqual(told("# A", "", comment("probe=tcp for=5m"), ...THRESHOLDS), [
    ["probe", 3, ROW],
    ["for", 3, ROW],
  ]);
  assert.deepEqual(told("# A", "", comment("table=backups row=store probe=tcp"), ...BACKUPS), [
    ["row", 3, ROW],
    ["probe", 3, ROW],
  ]);
  assert.deepEqual(told("# A", "", comment("for=5m"), "- [ ] lamps every day"), [["for", 3, ROW]]);
  assert.deepEqual(
    told("# A", "", comment("row=fans probe=tcp"), ...THRESHOLDS).map((each) => (each as string[])[0]),
    ["WB204"],
    "a row that is not there is said once",
  );
  assert.deepEqual(
    told("# A", "", comment("row=fans probe=tcp"), "Words.").map((each) => (each as string[])[0]),
    ["WB201"],
    "no table is said once",
  );
});

test("every comment of a threshold row counts, the last word winning", () => {
  const { statements } = compileText(
    "a.md",
    `${["# A", "", comment("row=lamps probe=tcp"), comment("row=lamps for=5m"), "", ...THRESHOLDS].join("\n")}\n`,
  );
  assert.deepEqual(
    statements.thresholds.map(({ probe, hold }) => [probe, hold]),
    [["tcp", 300]],
  );
});

test("the scale of levels and the list of severities are told where there are none", () => {
  assert.deepEqual(told("# A", "", comment("scale=alert"), ...LEVELS), []);
  assert.deepEqual(told("# A", "", comment("list=severities scale=alert"), "- P1: stop", "- P2: slow"), []);
  assert.deepEqual(told("# A", "", comment("scale=alert"), ...BACKUPS), [["scale", 3, SCALE]]);
  assert.deepEqual(told("# A", "", comment("list=severities"), "- lamps", "- fans"), [["list", 3, SCALE]]);
});

test("keys of a rule are told when no sentence says that rule, or no probe is named", () => {
  const rules = ["# Alerts", "", "- Rules: disk < 10 GB for 5 minutes", ""];
  assert.deepEqual(told(...rules, comment('item="disk < 10 GB for 5 minutes" probe=promql query="d" severity=P1')), []);
  assert.deepEqual(told(...rules, comment('item="disk < 9 GB" probe=promql for=5m')), [["item", 5, RULE]]);
  assert.deepEqual(told(...rules, comment('item="disk < 10 GB for 5 minutes" for=5m')), [["item", 5, RULE]]);
  assert.deepEqual(told(...rules, comment("severity=P1")), [["severity", 5, RULE]]);
});

test("a status before the first heading and an ignore above a table are told; ignore beside any list is not", () => {
  assert.deepEqual(told(comment("status=planned"), "", "# A", "", "Words."), [
    [
      "status",
      1,
      "It is read below the heading of its section; for the whole document write it into the front matter.",
    ],
  ]);
  assert.deepEqual(told("# A", "", comment("status=planned"), "", "Words."), []);
  assert.deepEqual(told("# A", "", comment("ignore=true"), ...THRESHOLDS), [
    ["ignore", 3, "It is read directly above or below a list; to leave out a table, write table=other."],
  ]);
  for (const list of ["- [ ] lamps", "- lamps", "1. lamps"])
    assert.deepEqual(told("# A", "", comment("ignore=true"), list), []);
});

test("keys inside an item and beside a list in a quote are read as those beside any list", () => {
  assert.deepEqual(told("# A", "", "- outer", `  ${comment("every=daily")}`, "  - [ ] lamps"), []);
  assert.deepEqual(told("# A", "", `> ${comment("every=daily")}`, ">", "> - [ ] lamps"), []);
});

test("what a comment says in vain is said in Chinese too", () => {
  const { findings } = compileText("a.md", `# 一\n\n${comment("every=daily")}\n\n${THRESHOLDS.join("\n")}\n`);
  const said = sayFinding(
    findings.find(({ code }) => code === "WB020")!,
    "zh",
  );
  assert.match(said.say, /写在这里的注释键 `every` 不会被读取/);
  assert.match(said.fix, /检查清单（`- \[ \]`）或巡检的编号列表/);
});
