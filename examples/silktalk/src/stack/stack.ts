import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { backUp } from "./backup.ts";
import { readConfig } from "../node/config.ts";
import { Failure } from "../node/failure.ts";
import { ENDED, pidOf, settle, startNode, stopNode } from "./nodes.ts";
import { healthOfNode } from "./health.ts";
import { NODES, type Place } from "./place.ts";
import { end, forget, ours } from "./process.ts";
import { prepare, USUAL } from "./prepare.ts";
import { words } from "../words/index.ts";

/** One line of `status`: what is configured and what runs. */
export interface NodeLine {
  readonly name: string;
  readonly home: string;
  readonly pid: number | null;
  readonly peerId: string;
  readonly port: number;
  readonly healthPort: number;
  /** healthy, degraded, unhealthy, or silent. */
  readonly status: string;
  readonly peers: number;
}

/** Processes of faults still at work; each pid file is removed with its process. */
export async function endFaults(place: Place): Promise<void> {
  const files = await readdir(place.faults).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const file of files.filter((name) => name.endsWith(".pid"))) {
    const path = join(place.faults, file);
    const pid = ours(path, path);
    if (pid !== undefined) await end(pid);
    forget(path);
  }
}

export async function status(place: Place): Promise<readonly NodeLine[]> {
  return Promise.all(
    NODES.map(async (name) => {
      const home = place.home(name);
      const { peerId, listen, health } = await readConfig(home.config);
      const now = await healthOfNode(home);
      const pid = pidOf(home) ?? null;
      const state = { status: now?.status ?? "silent", peers: now?.peers ?? 0 };
      return { name, home: home.root, pid, peerId, port: listen.port, healthPort: health.port, ...state };
    }),
  );
}

/**
 * Packs and starts what does not run; ends when all nodes see each other. A port may be taken between the look and the
 * start, so a node that ends at once gets another chance with ports that are free then.
 */
export async function up(
  place: Place,
  say: (line: string) => void,
  ports = USUAL,
  chances = 3,
): Promise<readonly NodeLine[]> {
  await prepare(place, ports);
  await backUp(place);
  try {
    for (const name of NODES) {
      const pid = await startNode(place.home(name), true);
      say(words().runs(name, pid));
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.exit !== ENDED || chances === 1) throw error;
    await down(place);
    return up(place, say, ports, chances - 1);
  }
  await settle(place);
  return status(place);
}

/** Ends faults and nodes of this work directory, nothing else. */
export async function down(place: Place): Promise<void> {
  await endFaults(place);
  await Promise.all(NODES.map((name) => stopNode(place.home(name))));
}
