import type { Observed } from "../../../model/driver.ts";
import type { Container, Image } from "./containers.ts";
import { containersOf, imagesOf } from "./containers.ts";
import type { Project } from "./command.ts";
import { mustKnow } from "../driver/unknown.ts";
import type { Wanted } from "./config.ts";
import { wantedOf } from "./config.ts";
import { readPins, type Pins } from "./pins.ts";

/** Everything that is known of a project at one moment. */
export interface Scene {
  readonly pins: Pins;
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly containers: ReadonlyMap<string, readonly Container[]>;
  readonly images: ReadonlyMap<string, Image>;
  readonly observed: ReadonlyMap<string, Observed>;
}

/** Exit codes of a container that was asked to stop: it ended well, or by TERM or KILL. */
const STOPPED = new Set([0, 137, 143]);

const isReady = ({ status, health }: Container): boolean =>
  status === "running" && (health === undefined || health.status === "healthy");

function stateOf(containers: readonly Container[]): Observed["state"] {
  const some = (test: (one: Container) => boolean): boolean => containers.some(test);
  if (containers.length === 0) return "absent";
  if (some(({ status }) => status === "restarting" || status === "dead")) return "failed";
  // Of a container that ended the engine keeps saying how healthy it was last.
  if (some(({ status, health }) => status === "running" && health?.status === "unhealthy")) return "failed";
  if (some((one) => one.status === "exited" && (one.oomKilled || !STOPPED.has(one.exitCode)))) return "failed";
  if (some((one) => one.status === "running" && !isReady(one))) return "starting";
  return containers.every(({ status }) => status === "running") ? "running" : "stopped";
}

/** One service as it is. Of several containers that differ, the version is the list of all. */
function observedOf(name: string, containers: readonly Container[], images: ReadonlyMap<string, Image>): Observed {
  const all = (values: readonly string[]): string | null =>
    values.length === 0 ? null : [...new Set(values)].toSorted().join(" ");
  return {
    name,
    kind: "service",
    version: all(containers.map(({ imageId }) => images.get(imageId)?.digest ?? imageId)),
    config: all(containers.map(({ hash }) => hash)),
    state: stateOf(containers),
    replicas: { wanted: containers.length, ready: containers.filter(isReady).length },
  };
}

/**
 * Looks at the services that are named; at all of the files and all that run when none is. A name that neither the files
 * nor the engine know is refused (TARGET-THING-UNKNOWN).
 */
export async function look(
  project: Project,
  names: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Scene> {
  const pins = await readPins(project.reach);
  const wanted = await wantedOf(project, pins, signal);
  const all = await containersOf(project.reach, project.name, signal);
  const known = [...new Set([...wanted.keys(), ...all.map(({ service }) => service)])].toSorted();
  mustKnow(project.reach.target, names ?? [], known);
  const containers = new Map(known.map((name) => [name, all.filter(({ service }) => service === name)]));
  const images = await imagesOf(
    project.reach,
    all.map(({ imageId }) => imageId),
    signal,
  );
  const observed = (names ?? known).map(
    (name) => [name, observedOf(name, containers.get(name) ?? [], images)] as const,
  );
  return { pins, wanted, containers, images, observed: new Map(observed) };
}
