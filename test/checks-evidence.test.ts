// The check "evidence": what the last doing says is judged; what nobody can believe is unknown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceCheck } from "../src/kinds/checks/evidence.ts";
import type { LastDone, RecordDemand, Records } from "../src/model/records.ts";
import { clockAt, contextOf, here } from "./suites/check-context.ts";

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

const passed: LastDone = { id: "r-1", ended: NOON - 5 * MINUTE, verdict: "pass", why: "" };

async function ask(t: Parameters<typeof here>[0], last: LastDone | undefined | "nobody", given: object = {}) {
  const asked: [string, RecordDemand][] = [];
  const records: Records = {
    last: (of, demand) => {
      asked.push([of, demand]);
      return Promise.resolve(last === "nobody" ? undefined : last);
    },
  };
  const params = evidenceCheck.params.safeParse({ of: "SOP-01", maxAge: "15m", ...given });
  assert.ok(params.success);
  const context = contextOf(await here(t), { clock: clockAt(NOON), ...(last !== "nobody" && { records }) });
  return { asked, measured: await evidenceCheck.run(params.data, context) };
}

test("evidence: passed in time, never done, not passed, too old, from the future, not to be believed [C-014]", async (t) => {
  const cases: readonly (readonly [LastDone | undefined | "nobody", string])[] = [
    [passed, "pass evidence-holds"],
    [{ ...passed, ended: NOON - 15 * MINUTE }, "pass evidence-holds"],
    [{ ...passed, ended: NOON - 15 * MINUTE - 1 }, "fail evidence-old"],
    [{ ...passed, ended: NOON + MINUTE }, "pass evidence-holds"],
    [{ ...passed, ended: NOON + MINUTE + 1 }, "fail evidence-future"],
    [undefined, "fail evidence-none"],
    [{ ...passed, verdict: "fail", why: "verdict-fail" }, "fail evidence-verdict"],
    [{ ...passed, verdict: "inconclusive", why: "no-fault" }, "fail evidence-verdict"],
    [{ ...passed, verdict: "rehearsal", why: "verdict-rehearsal" }, "fail evidence-verdict"],
    [{ ...passed, verdict: "refused", why: "bad-signature" }, "unknown unparsable"],
    ["nobody", "unknown no-probe"],
  ];
  for (const [last, want] of cases) {
    const { measured } = await ask(t, last);
    const outcome = measured.kind === "state" ? measured.outcome : measured.kind;
    assert.equal(`${outcome} ${"reason" in measured ? measured.reason : ""}`, want);
  }
});

test("evidence: asks for the environment and the fault that are given; a time is needed", async (t) => {
  assert.deepEqual((await ask(t, passed)).asked, [["SOP-01", { fault: false }]]);
  const given = { environment: "staging", fault: true };
  assert.deepEqual((await ask(t, passed, given)).asked, [["SOP-01", given]]);
  for (const wrong of [{ of: "SOP-01" }, { of: "", maxAge: "1m" }, { of: "SOP-01", maxAge: 0 }])
    assert.equal(evidenceCheck.params.safeParse(wrong).success, false);
});
