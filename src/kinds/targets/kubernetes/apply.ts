import { setTimeout as pause } from "node:timers/promises";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Intention } from "../../../model/driver.ts";
import { mustBeAs } from "../driver/changed.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { look, thingOf } from "./look.ts";
import type { Vault } from "./plan.ts";
import { podsOf, troublesOf } from "./pods.ts";
import { folderOf, isWorkload, MANAGER, partsOf } from "./resource.ts";
import type { Act, Way } from "./wish.ts";
import { countsOf, failureOf, observedOf, type Workload } from "./workload.ts";

const POLL_MS = 500;
type Log = (line: string) => void;

/** Waits until a workload's rollout is over; TARGET-REFUSED, with what its pods say in the log, when it fails or takes too long. */
export async function rollout(cluster: Cluster, name: string, signal: AbortSignal, log: Log): Promise<void> {
  const limit = AbortSignal.timeout(cluster.waitMs);
  let last = "";
  for (;;) {
    const thing = await thingOf(cluster, name, signal);
    const { state } = observedOf(name, partsOf(name).kind, thing);
    if (state === "running" || state === "stopped") return;
    const one = thing as Workload | null;
    const { wanted, updated, ready } = one ? countsOf(one) : { wanted: 0, updated: 0, ready: 0 };
    const said = `${name}: ${state}, updated ${updated}/${wanted}, ready ${ready}/${wanted}`;
    if (said !== last) log((last = said));
    if (state === "failed" || state === "absent" || limit.aborted) {
      const troubles = one ? (await podsOf(cluster, one, signal)).flatMap(troublesOf) : [];
      for (const trouble of troubles) log(trouble);
      const detail = (one && failureOf(one)) ?? troubles[0] ?? said;
      const args = { target: cluster.target, command: `rollout ${name}`, status: state, detail };
      throw new WatchbookError("TARGET-REFUSED", args, { exit: EXIT.failed });
    }
    await pause(POLL_MS, undefined, { signal });
  }
}

/** Copies a secret inside the cluster, so that the way back needs no value outside it. */
async function keepSecret(cluster: Cluster, thing: Thing, copy: string, signal: AbortSignal): Promise<void> {
  const folder = folderOf("secret", cluster.namespace);
  if (await cluster.api.get(`${folder}/${encodeURIComponent(copy)}`, signal)) return;
  const labels = { "app.kubernetes.io/managed-by": MANAGER };
  const metadata = { name: copy, labels, annotations: { "watchbook.dev/copy-of": thing.metadata.name } };
  await cluster.api.post(
    folder,
    { apiVersion: "v1", kind: "Secret", metadata, type: thing["type"], data: thing["data"] },
    signal,
  );
}

/** Sends the request, on the condition that nobody changed the thing since we looked. */
async function send(
  cluster: Cluster,
  act: Act,
  thing: Thing | null,
  body: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (act.type === "delete") return cluster.api.remove(act.path, signal);
  const resourceVersion = act.type === "apply" ? undefined : thing?.metadata.resourceVersion;
  const given = body as { readonly metadata?: object };
  const bound = resourceVersion === undefined ? given : { ...given, metadata: { ...given.metadata, resourceVersion } };
  await cluster.api.patch(`${act.path}?${act.query}`, act.type, bound, signal);
}

/** Does what the intention says; see Driver. */
export async function apply(
  cluster: Cluster,
  intention: Intention,
  vault: Vault,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const way = intention.undo as Way;
  const names = intention.before.map(({ name }) => name);
  const scene = await look(cluster, names, signal);
  mustBeAs(
    cluster.target,
    intention.before,
    scene.map(({ observed }) => observed),
  );
  for (const action of intention.actions) {
    const act = way[action.name];
    if (!act) continue;
    const body = act.secret === undefined ? act.body : vault.get(act.secret);
    if (body === undefined && act.type !== "delete")
      throw new WatchbookError("TARGET-VALUES-GONE", { target: cluster.target, name: action.name });
    const { thing } = scene[names.indexOf(action.name)]!;
    if (act.undo.copy !== undefined && thing) await keepSecret(cluster, thing, act.undo.copy, signal);
    log(action.command);
    await send(cluster, act, thing, body, signal);
    if (isWorkload(partsOf(action.name).kind) && act.type !== "delete")
      await rollout(cluster, action.name, signal, log);
  }
}
