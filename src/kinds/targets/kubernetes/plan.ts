import { createHash } from "node:crypto";
import type { Action, Desired, Intention, Observed } from "../../../model/driver.ts";
import { saidOf } from "../driver/changed.ts";
import { merged } from "../driver/merged.ts";
import { mustKnow } from "../driver/unknown.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { allNames, thingOf } from "./look.ts";
import { dataPatch, manifestFor, mustFit, workloadPatch } from "./patch.ts";
import { isWorkload, MANAGER, partsOf, pathOf, REMEMBERED, RESTART } from "./resource.ts";
import { revisionOf } from "./revision.ts";
import type { Act, Undo, Way, Wish } from "./wish.ts";
import { observedOf, stable, type Workload } from "./workload.ts";

/** Values of secrets between a plan and its doing, by digest: never in plain data that is kept. */
export type Vault = Map<string, unknown>;

type What = Action["what"];

/** An object without what the server keeps about it. */
function bare(thing: Thing): unknown {
  const { metadata, status: _, ...rest } = thing;
  const {
    managedFields: __,
    resourceVersion: ___,
    generation: ____,
    ...kept
  } = metadata as Thing["metadata"] & { managedFields?: unknown };
  return { ...rest, metadata: kept };
}

/** What must be known to bring the thing back. */
async function undoFor(cluster: Cluster, kind: string, thing: Thing | null, signal: AbortSignal): Promise<Undo> {
  if (thing === null) return { existed: false };
  if (isWorkload(kind)) {
    const { template: _, ...spec } = (thing as Workload).spec;
    const revision = await revisionOf(cluster, kind, thing as Workload, signal);
    const annotations = { [REMEMBERED]: thing.metadata.annotations?.[REMEMBERED] ?? null };
    return { existed: true, spec, annotations, ...(revision !== undefined && { revision }) };
  }
  if (kind === "secret")
    return { existed: true, copy: `${thing.metadata.name}.watchbook.${thing.metadata.resourceVersion ?? "0"}` };
  const { metadata: _, status: __, ...object } = thing;
  return { existed: true, object };
}

/** The request that brings the thing to what is wished, before anybody knows whether it changes anything. */
function requestFor(cluster: Cluster, kind: string, name: string, wish: Wish, thing: Thing | null): Omit<Act, "undo"> {
  const path = pathOf(kind, cluster.namespace, name);
  const query = `fieldManager=${MANAGER}`;
  if (wish.state === "absent") return { path, query: "", type: "delete" };
  if (wish.manifest !== undefined) {
    const force = wish.force ? "&force=true" : "";
    return { path, query: query + force, type: "apply", body: manifestFor(cluster, kind, name, wish) };
  }
  if (wish.data !== undefined && thing === null)
    return {
      path,
      query,
      type: "apply",
      body: manifestFor(cluster, kind, name, { ...wish, manifest: dataPatch(kind, wish) }),
    };
  if (wish.data !== undefined) return { path, query, type: "merge", body: dataPatch(kind, wish) };
  return {
    path,
    query,
    type: "strategic-merge",
    body: isWorkload(kind) ? workloadPatch(cluster, kind, wish, thing as Workload) : {},
  };
}

function whatOf(kind: string, before: Thing | null, after: Thing | null): What {
  if (before === null) return after === null ? "none" : "create";
  if (after === null) return "remove";
  if (stable(bare(before)) === stable(bare(after))) return "none";
  if (!isWorkload(kind)) return "update";
  const [was, is] = [observedOf("", kind, before), observedOf("", kind, after)];
  if (was.config !== is.config) return "update";
  if (is.replicas?.wanted === 0 && was.replicas?.wanted !== 0) return "stop";
  if (was.replicas?.wanted === 0 && is.replicas?.wanted !== 0) return "start";
  if (was.replicas?.wanted !== is.replicas?.wanted) return "scale";
  const restart = (thing: Thing): string | undefined =>
    (thing as Workload).spec.template.metadata?.annotations?.[RESTART];
  return restart(before) === restart(after) ? "update" : "restart";
}

/** The request as one line; values of secrets are not shown. */
const said = (kind: string, { path, query, type, body }: Omit<Act, "undo">): string => {
  if (type === "delete") return `DELETE ${path}`;
  const masked =
    kind === "secret"
      ? { data: Object.fromEntries(Object.keys((body as { data?: object }).data ?? {}).map((key) => [key, "***"])) }
      : body;
  return `PATCH ${path}?${query} (${type}) ${JSON.stringify(masked)}`;
};

async function planOne(
  cluster: Cluster,
  wish: Wish,
  vault: Vault,
  signal: AbortSignal,
): Promise<{ readonly action: Action; readonly before: Observed; readonly act: Act | undefined }> {
  const { kind, name } = partsOf(wish.name);
  const thing = await thingOf(cluster, wish.name, signal);
  if (thing === null && wish.manifest === undefined && wish.data === undefined && wish.state !== "absent")
    mustKnow(cluster.target, [wish.name], await allNames(cluster, signal));
  mustFit(cluster, kind, wish, thing);
  const before = observedOf(wish.name, kind, thing);
  const request = requestFor(cluster, kind, name, wish, thing);
  // The server itself says what would come of it, and refuses what it would refuse.
  const after =
    request.type === "delete"
      ? null
      : await cluster.api.patch(`${request.path}?${request.query}&dryRun=All`, request.type, request.body, signal);
  const what = whatOf(kind, thing, after);
  const act =
    what === "none"
      ? undefined
      : hidden(kind, { ...request, undo: await undoFor(cluster, kind, thing, signal) }, vault);
  const lost = what === "update" && isWorkload(kind) && act?.undo.revision === undefined;
  const risk = what === "none" ? "read" : what === "remove" || lost ? "destructive" : "write";
  const to =
    what === "none" ? saidOf(before) : after === null ? "absent" : goal(what, observedOf(wish.name, kind, after));
  return {
    before,
    act,
    action: {
      name: wish.name,
      what,
      from: saidOf(before),
      to,
      command: what === "none" ? "" : said(kind, request),
      risk,
    },
  };
}

const goal = (what: What, after: Observed): string => {
  const wanted = after.replicas?.wanted;
  const state = what === "stop" ? "stopped" : "running";
  return saidOf({ ...after, state, ...(wanted !== undefined && { replicas: { wanted, ready: wanted } }) });
};

/** Puts the values of a secret into the vault, and their digest in their place. */
function hidden(kind: string, act: Act, vault: Vault): Act {
  if (kind !== "secret" || act.type === "delete") return act;
  const { body, ...rest } = act;
  // Keyed with what only this process knows: the digest must not help anybody guess.
  const secret = createHash("sha256")
    .update(`${vaultKey}${stable(body)}`)
    .digest("hex");
  vault.set(secret, body);
  return { ...rest, secret };
}

const vaultKey = crypto.randomUUID();

/** What has to be done so that the namespace is as desired. Changes nothing. */
export async function plan(
  cluster: Cluster,
  desired: readonly Desired[],
  vault: Vault,
  signal: AbortSignal,
): Promise<Intention> {
  const planned = [];
  for (const wish of merged(desired) as readonly Wish[]) planned.push(await planOne(cluster, wish, vault, signal));
  const way: Way = Object.fromEntries(planned.flatMap(({ act, action }) => (act ? [[action.name, act]] : [])));
  return { actions: planned.map(({ action }) => action), before: planned.map(({ before }) => before), undo: way };
}
