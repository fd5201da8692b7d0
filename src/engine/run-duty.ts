import type { Duty } from "../model/duty.ts";
import { isEnded, type RunRecord } from "../model/run.ts";
import { commitDuty } from "./duty-commit.ts";
import type { House } from "./house.ts";
import type { RunControl } from "./run/control.ts";

/** A duty that is done by running a runbook. */
export type RunDuty = Duty & { readonly run: NonNullable<Duty["run"]> };

/** Newest runs of a runbook among which one that was begun for a period is looked for. */
const LOOKED = 50;

/** What stands in the record of a run that was begun for a period: the run is found again by it. */
const reasonOf = (duty: string, period: string): string => `${duty} ${period}`;

/** The run of this period, begun now unless an earlier start began it before it could be noted. */
async function runFor(control: RunControl, duty: RunDuty, period: string, by: string): Promise<string> {
  const reason = reasonOf(duty.id, period);
  const known = await control.list({ runbook: duty.run.runbook, limit: LOOKED });
  const found = known.find((run: RunRecord) => run.by === by && run.reason === reason);
  if (found) return found.id;
  const request = { runbook: duty.run.runbook, environment: duty.run.environment, params: {} };
  return (await control.begin(request, { by, reason })).record.id;
}

/** Begins the run of a period, once whatever crashes in between, and notes it. Rejects as RunControl's `begin` does. */
export async function beginRunDuty(
  house: Pick<House, "store" | "clock">,
  control: RunControl,
  duty: RunDuty,
  { period, by }: { readonly period: string; readonly by: string },
): Promise<void> {
  const run = await runFor(control, duty, period, by);
  const where = { duty: duty.id, period };
  await commitDuty(house.store, where, { kind: "start", ...where, run, by }, house.clock.wall());
}

/** Periods that are looked at: a run may outlast the period it was begun for. */
const PERIODS = 8;

/** Notes how the runs of this duty's periods ended, once they have. */
export async function settleRunDuty(
  house: Pick<House, "store" | "clock">,
  control: RunControl,
  duty: RunDuty,
): Promise<void> {
  for (const { state, runs, period } of await house.store.duties({ duty: duty.id, limit: PERIODS })) {
    const run = state === "running" ? runs.at(-1) : undefined;
    if (run === undefined) continue;
    const { record, verdict } = await control.show(run);
    if (!isEnded(record.state)) continue;
    const end = { kind: "finish", run, verdict: verdict.verdict, open: false, by: record.by } as const;
    await commitDuty(house.store, { duty: duty.id, period }, end, house.clock.wall());
  }
}
