// What the month of a duty shows: the worst of each day, never nothing where something was missed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf as drillCells } from "../console/pages/backups/calendar.ts";
import { cellsOf } from "../console/pages/duties/month.ts";
import { daysOf, monthAfter } from "../console/ui/month.ts";
import type { DrillDue } from "../src/api/contract.ts";

test("months have their days, also in leap years, and follow each other over the year's end", () => {
  assert.equal(daysOf("2028-02").length, 29);
  assert.equal(daysOf("2026-02").at(-1), "2026-02-28");
  assert.equal(monthAfter("2026-12", 1), "2027-01");
  assert.equal(monthAfter("2026-01", -1), "2025-12");
});

test("of several periods in a day the worst is shown, and what is recorded before what is to come", () => {
  const line = (period: string, state: "done" | "missed" | "open", verdict: "pass" | "fail" | null) => ({
    ...{ duty: "hourly", day: "2026-11-20", run: `${period}-run` },
    ...{ period, state, verdict },
  });
  const days = [line("T01", "done", "pass"), line("T02", "missed", null), line("T03", "done", "pass")];
  const other = { ...line("T04", "done", "fail"), duty: "other" };
  const cells = cellsOf({ id: "hourly" }, [...days, other], {
    next: ["2026-11-20", "2026-11-21"],
    lang: "en",
  });
  assert.deepEqual(cells.get("2026-11-20"), { state: "missed", href: "/reports/T02-run?lang=en" });
  assert.deepEqual(cells.get("2026-11-21"), { state: "waiting", href: null });
  const failed = cellsOf({ id: "hourly" }, [...days, line("T05", "done", "fail")], { next: [], lang: "en" });
  assert.equal(failed.get("2026-11-20")?.state, "fail");
});

test("a drill's days: the worst of each with its evidence, when it is due, and today what is overdue or was never done", () => {
  const today = "2026-11-21";
  const of = (more: Partial<DrillDue>) =>
    drillCells({ runbook: "SOP-01", state: "later", due: null, ...more } as DrillDue, {
      days: [
        { runbook: "SOP-01", day: "2026-11-03", verdict: "pass", evidence: "one" },
        { runbook: "SOP-01", day: "2026-11-03", verdict: "fail", evidence: "two" },
        { runbook: "SOP-02", day: "2026-11-04", verdict: "pass", evidence: "three" },
      ],
      today,
      dayOf: (at) => new Date(at).toISOString().slice(0, 10),
    });
  assert.deepEqual([...of({})], [["2026-11-03", { state: "fail", href: "/evidence/two" }]]);
  const due = Date.UTC(2026, 10, 19);
  const href = "/runs/new/SOP-01";
  assert.deepEqual([...of({ state: "overdue", due })].slice(1), [
    ["2026-11-19", { state: "overdue", href }],
    [today, { state: "overdue", href }],
  ]);
  assert.deepEqual(of({ state: "later", due }).get("2026-11-19"), { state: "due", href });
  assert.deepEqual(of({ state: "undrilled" }).get(today), { state: "undrilled", href });
});
