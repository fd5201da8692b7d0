import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "../node/config.ts";
import type { Home } from "../node/home.ts";
import { lives } from "../node/lock.ts";
import { end, forget, launch, ours } from "./process.ts";
import { NODES, type NodeName, type Place } from "./place.ts";
import { healthOfNode } from "./health.ts";
import { until } from "./wait.ts";
import { failure, words } from "../words/index.ts";

const DAEMON = fileURLToPath(new URL("../silktalkd.ts", import.meta.url));

/** Exit code of a node that ends while it is started. */
export const ENDED = 5;

/** Pid of a node that runs, ours only. */
export const pidOf = (home: Home): number | undefined => ours(home.pid, home.root);

/**
 * Starts one node, when it does not run, and waits until it answers. A lock left by a process that is gone is removed first
 * when `clean`. Whether what was started has ended is asked of its process: while the program is loaded, the process has no
 * command line yet that would tell whose it is.
 */
export async function startNode(home: Home, clean: boolean): Promise<number> {
  const running = pidOf(home);
  if (running === undefined && clean && ours(home.lock, home.root) === undefined) forget(home.lock);
  const { peerId } = await readConfig(home.config);
  const output = join(home.root, "logs", "daemon.out");
  const pid = running ?? launch([DAEMON, "--home", home.root], output, home.pid);
  const name = basename(home.root);
  await until(words().until.answers(name), 20, async () => {
    if (!lives(pid))
      throw failure(words().failures.endedAtOnce(name, readFileSync(output, "utf8").trim().slice(-500)), ENDED);
    // Somebody else may answer there: it must be the node of this very folder.
    return (await healthOfNode(home))?.recordedPeerId === peerId;
  });
  return pid;
}

/** Asks a node to end and waits for it. */
export async function stopNode(home: Home): Promise<void> {
  const pid = pidOf(home);
  if (pid !== undefined) await end(pid);
  forget(home.pid);
}

/** Waits until every node sees all others, has measured them, and has had messages: then every figure exists. */
export async function settle(place: Place): Promise<void> {
  await until(words().until.seen, 30, async () => {
    const seen = await Promise.all(NODES.map((name: NodeName) => healthOfNode(place.home(name))));
    return seen.every(
      (health) => health?.peers === NODES.length - 1 && health.latencyMs !== null && health.messages > 0,
    );
  });
}
