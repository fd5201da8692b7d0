import type { TestContext } from "node:test";
import { clusterRunbooks } from "../../src/book/compile/cluster-runbooks.ts";
import { clusterOf } from "../../src/book/config/clusters.ts";
import type { RawCluster } from "../../src/book/config/cluster-schema.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import type { StepSpec } from "../../src/model/runbook-spec.ts";
import { ReachError, type Reach } from "../../src/model/target.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { done, place, said, type Place } from "../suites/step-context.ts";
import { planOf } from "./plan.ts";

/** What came of a runbook's steps, done one after the other. */
export interface Walked {
  /** `ok`, or how and why the first step ended that did not end well. */
  readonly end: string;
  readonly at: string;
  readonly args: AttemptEnd["args"];
  readonly outputs: Readonly<Record<string, string>>;
}

export interface WalkOptions {
  readonly drill?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  /** Before the step of that id. */
  readonly before?: Readonly<Record<string, () => void | Promise<void>>>;
  /** Steps that are left out, as a person may decide. */
  readonly skip?: readonly string[];
  /** Steps that are undone in the end, as the engine does it when a later one has failed. */
  readonly undo?: readonly string[];
  /** Seconds that proofs have; default: those of the steps. */
  readonly within?: number;
}

export interface ClusterBench {
  readonly here: Place;
  /** Does the steps that the book's data makes, each undone when the step it lasts until has ended, and at the end. */
  walk(runbook: "failover" | "switchover" | "failback" | "rejoin" | "state", options?: WalkOptions): Promise<Walked>;
}

export interface BenchParts {
  readonly kind?: string;
  readonly members: Readonly<Record<string, object>>;
  readonly shared: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

let runs = 0;

/** A host that is never reached is called `dead`. The runbooks of one cluster without the engine: its steps as they are compiled, on this machine. */
export async function clusterBench(t: TestContext, parts: BenchParts): Promise<ClusterBench> {
  const { kind = "postgres", members, shared, secrets, more = {} } = parts;
  const here = await place(t);
  const raw = { kind, members, with: shared, ...more } as RawCluster;
  const spec = clusterOf("orders", raw, (...path) => ({ file: "watchbook.yaml", line: path.length }));
  const secret = (reference: string): Promise<string> =>
    secrets[reference] === undefined
      ? Promise.reject(new WatchbookError("SECRET-MISSING", { reference }))
      : Promise.resolve(secrets[reference]);

  const open = (target: string): Promise<Reach> =>
    target === "dead" ? Promise.reject(new ReachError("unreachable", "no route to host")) : Promise.resolve(here.reach);

  async function walk(
    runbook: string,
    { drill = false, params: given = {}, before = {}, skip = [], undo: undone = [], within }: WalkOptions = {},
  ): Promise<Walked> {
    const run = `r20261120-${String(200_000 + (runs += 1))}-0${process.pid.toString(16).padStart(7, "0")}`;
    const made = clusterRunbooks(spec).find(({ runbook: { id } }) => id === `${runbook}-orders`)!;
    const steps = made.spec.add.filter((step) => (step.drill ?? drill) === drill && !skip.includes(step.id));
    const values = Object.fromEntries(made.spec.params.map((one) => [one.name, one.default ?? ""]));
    const outputs: Record<string, string> = { ...values, ...given };
    const plan = {
      ...planOf({ steps: ["look"] }),
      ...(drill && { drill: { kind: "failover" as const, objectives: [] } }),
    };
    const context = (step: StepSpec, purpose: "do" | "undo") =>
      here.context(
        { env: { ...outputs }, secret, plan, open, timeoutMs: 120_000 },
        { run, step: step.id, target: "-", purpose },
      );
    const lasting: StepSpec[] = [];
    const undo = async (past: (step: StepSpec) => boolean): Promise<void> => {
      for (const step of lasting.filter(past).toReversed()) {
        lasting.splice(lasting.indexOf(step), 1);
        const ended = await done(step.kind!, step.with, context(step, "undo"));
        if (ended.ending !== "ok")
          throw new Error(`${step.id} is not undone: ${said(ended)} ${JSON.stringify(ended.args)}`);
      }
    };
    try {
      for (const step of steps) {
        await before[step.id]?.();
        if (step.until !== undefined || undone.includes(step.id)) lasting.push(step);
        const params =
          within !== undefined && (step.id === "follows" || step.id === "writes")
            ? { ...step.with, within }
            : step.with;
        const ended = await done(step.kind!, params, context(step, "do"));
        if (ended.ending !== "ok") return { end: said(ended), at: step.id, args: ended.args, outputs };
        Object.assign(outputs, ended.outputs);
        await undo(({ until }) => until === step.id);
      }
      return { end: "ok", at: "", args: undefined, outputs };
    } finally {
      await undo(() => true);
    }
  }
  return { here, walk };
}
