// What the month of a duty shows: the worst of each day, never nothing where something was missed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, daysOf, monthAfter } from "../console/pages/duties/month.ts";

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
  const cells = cellsOf({ id: "hourly" }, [...days, other], ["2026-11-20", "2026-11-21"]);
  assert.deepEqual(cells.get("2026-11-20"), { state: "missed", run: "T02-run" });
  assert.deepEqual(cells.get("2026-11-21"), { state: "waiting", run: null });
  assert.equal(cellsOf({ id: "hourly" }, [...days, line("T05", "done", "fail")], []).get("2026-11-20")?.state, "fail");
});
