import type { Health, Observed } from "../../../model/driver.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { podsOf, troublesOf } from "./pods.ts";
import { isWorkload } from "./resource.ts";
import { countsOf, failureOf, type Workload } from "./workload.ts";

type Judged = { readonly outcome: Health["outcome"]; readonly reasons: readonly string[] };

async function judge(cluster: Cluster, seen: Observed, thing: Thing | null, signal: AbortSignal): Promise<Judged> {
  if (thing === null) return { outcome: "fail", reasons: [`${seen.name}: absent`] };
  if (!isWorkload(seen.kind)) return { outcome: "pass", reasons: [] };
  const one = thing as Workload;
  const { wanted, ready } = countsOf(one);
  const said = `${seen.name}: ${seen.state}, ready ${ready}/${wanted}`;
  if (seen.state === "running") {
    // A container without a readiness probe counts as ready as soon as it runs.
    const probed = one.spec.template.spec.containers.every(({ readinessProbe }) => readinessProbe !== undefined);
    return probed ? { outcome: "pass", reasons: [] } : { outcome: "unknown", reasons: [`${said}, readinessProbe -`] };
  }
  const troubles = seen.state === "stopped" ? [] : (await podsOf(cluster, one, signal)).flatMap(troublesOf);
  const failure = failureOf(one);
  const reasons = [said, ...(failure === undefined ? [] : [`${seen.name}: ${failure}`]), ...troubles];
  return { outcome: seen.state === "starting" ? "unknown" : "fail", reasons };
}

/** Health of things: what their controllers and pods say. Of nothing, nothing is known. */
export async function healthOf(
  cluster: Cluster,
  things: readonly { readonly thing: Thing | null; readonly observed: Observed }[],
  signal: AbortSignal,
): Promise<Health> {
  const judged = await Promise.all(things.map(({ thing, observed }) => judge(cluster, observed, thing, signal)));
  const outcome =
    (["fail", "unknown", "pass"] as const).find((wanted) => judged.some((each) => each.outcome === wanted)) ??
    "unknown";
  return { outcome, reasons: judged.flatMap(({ reasons }) => reasons) };
}
