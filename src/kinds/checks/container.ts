import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured, type Sample } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { containers, type Seen } from "./container/inspect.ts";
import { duration } from "./params/duration.ts";

const name = z.string().regex(/^[\w.-]+$/, "name");
const names = z.union([name, z.array(name).min(1)]).transform((given) => [given].flat());
const params = z
  .strictObject({
    names: names.optional().describe("Containers, by name or id."),
    project: name.optional().describe("Compose project, instead of names: all of its containers."),
    services: names.optional().describe("Of a project, only these services; each must have a container."),
    ended: z
      .boolean()
      .default(false)
      .describe("true: one that has ended with 0 is as it should be (a migration, a job)."),
    window: duration.default(3_600).describe("Restarts of this long count; those by the engine's own restart policy."),
  })
  .refine((given) => (given.names === undefined) !== (given.project === undefined), "names-or-project")
  .refine((given) => given.services === undefined || given.project !== undefined, "names-or-project");
type Params = z.infer<typeof params>;

/** Facts that begin with `_` are for the next run: `ID:RESTARTS …`. */
const COUNTS = "_restarts";
const short = (id: string): string => id.slice(0, 12);

function countsOf(sample: Sample): ReadonlyMap<string, number> {
  const pairs = String(sample.facts?.[COUNTS] ?? "").split(" ");
  return new Map(pairs.map((pair) => pair.split(":")).flatMap(([id, count]) => (id ? [[id, Number(count)]] : [])));
}

/**
 * Restarts of one container within the window, at least: since the last sample before the window, or since it was
 * made. Of one that nobody has looked at before, only the last start tells when it was.
 */
function restartsOf(one: Seen, history: readonly Sample[], since: number): number {
  const known = history.filter((sample) => countsOf(sample).has(short(one.id)));
  const before = known.findLast((sample) => sample.at <= since) ?? known[0];
  if (one.created >= since) return one.restarts;
  if (before) return Math.max(0, one.restarts - countsOf(before).get(short(one.id))!);
  return one.restarts > 0 && one.started >= since ? 1 : 0;
}

function expectRunning(one: Seen, given: Params, facts: Facts): void {
  const { status, exit, oom } = one;
  if (given.ended && status === "exited" && exit === 0) return;
  if (status !== "running" && oom) throw new Failing("container-oom", { name: one.name, state: status }, facts);
  if (status !== "running") throw new Failing("container-state", { name: one.name, state: status, exit }, facts);
  if (one.health?.status === "unhealthy")
    throw new Failing("container-unhealthy", { name: one.name, detail: excerpt(one.health.output, 160) }, facts);
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const { seen, absent } = await containers(given, context);
  const since = context.clock.wall() - given.window * 1_000;
  const counted = seen.map((one) => ({ one, restarts: restartsOf(one, context.history, since) }));
  const worst = counted.toSorted((a, b) => b.restarts - a.restarts)[0];
  const facts: Facts = {
    running: seen.filter(({ status }) => status === "running").length,
    containers: seen.length + absent.length,
    ...(worst && worst.restarts > 0 && { restarted: worst.one.name }),
    [COUNTS]: seen.map(({ id, restarts }) => `${short(id)}:${restarts}`).join(" "),
  };
  if (absent.length > 0) throw new Failing("container-absent", { name: absent.join(", ") }, facts);
  for (const one of seen) expectRunning(one, given, facts);
  // Killed for its memory and already up again: the engine keeps saying so until it is started anew.
  const killed = seen.find(({ oom }) => oom);
  if (killed) throw new Failing("container-oom", { name: killed.name, state: killed.status }, facts);
  const starting = seen.find(({ health }) => health?.status === "starting");
  if (starting) throw new Unjudged("unsettled", `${starting.name}: starting`, facts);
  return { kind: "value", value: Math.max(0, ...counted.map(({ restarts }) => restarts)), unit: "count", facts };
}

/** Whether containers run and are healthy, and how often the worst of them was restarted within a window. */
export const containerCheck = defineCheck<Params>({
  kind: "container",
  params,
  unit: "count",
  bands: { bad: "above", warn: 1, critical: 3 },
  run: guarded(run),
});
