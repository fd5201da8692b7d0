import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Intention, Observed } from "../../../model/driver.ts";
import { saidOf } from "../driver/changed.ts";
import { rollout } from "./apply.ts";
import type { Thing } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { thingOf } from "./look.ts";
import { folderOf, isWorkload, MANAGER, partsOf, pathOf } from "./resource.ts";
import { templateOf } from "./revision.ts";
import type { Undo, Way } from "./wish.ts";
import { observedOf, stable, type Workload } from "./workload.ts";

type Log = (line: string) => void;

const lost = (cluster: Cluster, was: Observed): WatchbookError =>
  new WatchbookError(
    "TARGET-UNDO-LOST",
    { target: cluster.target, name: was.name, what: saidOf(was) },
    { exit: EXIT.failed },
  );

/** The specification as it was: what we kept of it, and the pod template that its revision holds. */
async function specBack(
  cluster: Cluster,
  was: Observed,
  undo: Undo,
  now: Workload,
  signal: AbortSignal,
): Promise<object | undefined> {
  const kind = partsOf(was.name).kind;
  const same = observedOf(was.name, kind, now).config === was.config;
  const template = same
    ? now.spec.template
    : undo.revision === undefined
      ? null
      : await templateOf(cluster, kind, undo.revision, signal);
  if (template === null) throw lost(cluster, was);
  const spec = { ...undo.spec, template };
  return stable(spec) === stable(now.spec) ? undefined : spec;
}

async function workloadBack(
  cluster: Cluster,
  was: Observed,
  undo: Undo,
  now: Workload,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const { kind, name } = partsOf(was.name);
  const spec = await specBack(cluster, was, undo, now, signal);
  const path = `${pathOf(kind, cluster.namespace, name)}?fieldManager=${MANAGER}`;
  if (spec !== undefined) {
    log(`PATCH ${path} (json) replace /spec`);
    await cluster.api.patch(path, "json", [{ op: "replace", path: "/spec", value: spec }], signal);
  }
  await cluster.api.patch(path, "merge", { metadata: { annotations: undo.annotations } }, signal);
  if (was.state !== "failed") await rollout(cluster, was.name, signal, log);
}

/** A plain object as it was: keys that came since go. */
function objectPatch(before: Readonly<Record<string, unknown>>, now: Thing): object {
  const more = Object.keys(now).filter((key) => key !== "metadata" && key !== "status" && !(key in before));
  const operations = Object.entries(before).map(([key, value]) => ({
    op: key in now ? "replace" : "add",
    path: `/${key}`,
    value,
  }));
  return [...operations, ...more.map((key) => ({ op: "remove", path: `/${key}` }))];
}

async function bringBack(cluster: Cluster, was: Observed, undo: Undo, signal: AbortSignal, log: Log): Promise<void> {
  const { kind, name } = partsOf(was.name);
  const path = pathOf(kind, cluster.namespace, name);
  const now = await thingOf(cluster, was.name, signal);
  if (!undo.existed) {
    if (now) await cluster.api.remove(path, signal);
    return;
  }
  // What was removed is gone with its history.
  if (now === null) throw lost(cluster, was);
  if (isWorkload(kind)) return workloadBack(cluster, was, undo, now as Workload, signal, log);
  if (undo.copy === undefined) {
    await cluster.api.patch(`${path}?fieldManager=${MANAGER}`, "json", objectPatch(undo.object ?? {}, now), signal);
    return;
  }
  const copyPath = `${folderOf("secret", cluster.namespace)}/${encodeURIComponent(undo.copy)}`;
  const copy = await cluster.api.get<Thing>(copyPath, signal);
  // Without a copy nothing was changed, or it was brought back already.
  if (copy === null) return;
  await cluster.api.patch(
    `${path}?fieldManager=${MANAGER}`,
    "json",
    objectPatch({ data: copy["data"] ?? {} }, { metadata: now.metadata, data: {} }),
    signal,
  );
  await cluster.api.remove(copyPath, signal);
}

/** Brings back what was observed of the things that the intention touched; see Driver. */
export async function undo(cluster: Cluster, intention: Intention, signal: AbortSignal, log: Log): Promise<void> {
  const way = intention.undo as Way;
  for (const was of intention.before.toReversed()) {
    const act = way[was.name];
    if (act) await bringBack(cluster, was, act.undo, signal, log);
  }
}
