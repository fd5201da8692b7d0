// Evidence of runs for tests: a journal played by hand, its facts, and the directory made of it.
import { runEvidence } from "../../src/engine/run/evidence/input.ts";
import type { RunFacts } from "../../src/engine/run/evidence/facts.ts";
import { planDigest } from "../../src/evidence/run/plan.ts";
import { recordEvidence, type Recorder } from "../../src/evidence/record.ts";
import type { EvidenceInput, EvidencePlace } from "../../src/model/evidence.ts";
import type { Journalled } from "../../src/model/journal.ts";
import type { Plan } from "../../src/model/plan.ts";
import { DIGEST } from "./evidence.ts";
import { planOf, type PlanOf } from "./plan.ts";
import { play, type Play } from "./run-play.ts";

/** A plan whose digest is its own. */
export function bound(given: PlanOf): Plan {
  const plan = { ...planOf(given), book: { digest: DIGEST, commit: "12345678abcdef", dirty: false } };
  return { ...plan, digest: planDigest(plan) };
}

/** As a worker on one boot would have journalled it: with a monotonic clock beside the wall clock. */
export const clocked = (journal: readonly Journalled[], boot = "boot-1"): readonly Journalled[] =>
  journal.map((one) => ({
    ...one,
    mono: String(BigInt(one.at) * 1_000_000n + 5_000_000_000n),
    entry: one.entry.type === "run.taken" ? { ...one.entry, boot } : one.entry,
  }));

export const factsOf = (run: Play, more: Partial<RunFacts> = {}): RunFacts => ({
  record: { id: "r20261120-083300-1f3a", by: "requester", reason: "test" },
  plan: run.plan,
  journal: clocked(run.journal),
  kind: "other",
  people: [],
  version: "0.1.0",
  ...more,
});

export const inputOfRun = (run: Play, more: Partial<RunFacts> = {}): EvidenceInput =>
  runEvidence(factsOf(run, more), (judged) => `# ${judged.plan.title}\n`);

/** A run in which everything goes well, each attempt taking `ms`. */
export function goodRun(plan: Plan, ms = 1_500): Play {
  const run = play(plan);
  run.go();
  for (let open = run.view.tasks.find((task) => task.open); open; open = run.view.tasks.find((task) => task.open)) {
    run.now += ms;
    run.end(`${open.step}@${open.target}`, { seconds: ms / 1000 });
  }
  return run;
}

export const recordRun = (to: Recorder, run: Play, more: Partial<RunFacts> = {}): Promise<EvidencePlace> =>
  recordEvidence(to, inputOfRun(run, more));

/** A plan of any sort without approvals, since nobody in such runs signs; its digest is its own. */
export function unsigned(any: Plan): Plan {
  const { gate: _, ...rest } = any;
  const steps = any.steps.map((whole) => {
    const { gate: _gate, ...step } = whole;
    return step.kind === "approve" ? { ...step, kind: "shell" } : step;
  });
  const plan = { ...rest, steps };
  return { ...plan, digest: planDigest(plan) };
}
