import { WatchbookError } from "../../../model/error.ts";
import { ReachError, type ExecOptions, type Reach } from "../../../model/target.ts";
import { gather } from "../framed/gather.ts";
import { remoteFiles } from "../ssh/files.ts";
import { guarded, type Told } from "../ssh/guarded.ts";
import type { Cluster } from "./cluster.ts";
import { thingOf } from "./look.ts";
import { podsOf, troublesOf } from "./pods.ts";
import { isWorkload, partsOf } from "./resource.ts";
import { PodWire, type Place } from "./wire.ts";
import type { Workload } from "./workload.ts";

interface Given {
  /** `pod/NAME`, or a workload: then a ready pod of it. */
  readonly exec?: string | undefined;
  readonly container?: string | undefined;
}

/** The pod where commands run now. ReachError `unreachable` when there is none that is ready. */
async function placeOf(cluster: Cluster, given: Given, signal: AbortSignal): Promise<Place> {
  const { container } = given;
  if (given.exec === undefined)
    throw new WatchbookError("TARGET-WISH", {
      target: cluster.target,
      name: "exec",
      what: "exec: deployment/NAME | pod/NAME",
    });
  if (given.exec.startsWith("pod/")) return { pod: given.exec.slice(4), container };
  const thing = isWorkload(partsOf(given.exec).kind) ? await thingOf(cluster, given.exec, signal) : null;
  const pods = thing ? await podsOf(cluster, thing as Workload, signal) : [];
  const ready = pods.find((pod) => pod.metadata.deletionTimestamp === undefined && troublesOf(pod).length === 0);
  if (!ready)
    throw new ReachError("unreachable", `${cluster.target}: ${given.exec}: ${pods.flatMap(troublesOf)[0] ?? "no pod"}`);
  return { pod: ready.metadata.name, container };
}

/** Commands and files inside a container of the namespace. */
export function insidePod(cluster: Cluster, given: Given): Reach {
  const wire = new PodWire(cluster, (signal) => placeOf(cluster, given, signal));
  const peer = { target: cluster.target, host: given.exec ?? cluster.namespace, file: "" };
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const run = (argv: readonly string[], options: ExecOptions): Promise<Told> => {
    const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
    const told = guarded(wire, peer, argv, { ...options, signal }, { path: [], env: {}, directory: "." });
    running.add(told);
    return told.finally(() => running.delete(told));
  };
  const { target } = cluster;
  const exec: Reach["exec"] = async (argv, options = {}) => {
    const { out, err, ...rest } = await run(argv, options);
    return { ...rest, out: out.toString("utf8"), err: err.toString("utf8") };
  };
  return {
    target,
    exec,
    ...remoteFiles(gather({ target, exec }, run)),
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
