import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfig } from "../node/config.ts";
import type { NodeName, Place } from "../stack/place.ts";
import { end, forget, launch, ours } from "../stack/process.ts";

/** Programs in fault/crew/ that keep a fault going in the background. Their pid file is also their mark. */
const pidFile = (place: Place, fault: string, node: NodeName): string => join(place.faults, `${fault}-${node}.pid`);

/**
 * Starts the program of a fault against a node; an earlier one of the same fault ends first. `settled` waits until the
 * effect is there: when it fails, the program ends, so that half a fault never stays behind.
 */
export async function begin(
  place: Place,
  fault: string,
  node: NodeName,
  words: readonly (string | number)[],
  settled: () => Promise<void>,
): Promise<void> {
  await cease(place, fault, node);
  const { listen, peerId } = await readConfig(place.home(node).config);
  const program = fileURLToPath(new URL(`crew/${fault}.ts`, import.meta.url));
  const address = `/ip4/${listen.host}/tcp/${listen.port}/p2p/${peerId}`;
  const mark = pidFile(place, fault, node);
  launch([program, address, ...words.map(String), mark], mark.replace(/\.pid$/, ".out"), mark);
  try {
    await settled();
  } catch (error) {
    await cease(place, fault, node);
    throw error;
  }
}

export async function cease(place: Place, fault: string, node: NodeName): Promise<void> {
  const mark = pidFile(place, fault, node);
  const pid = ours(mark, mark);
  if (pid !== undefined) await end(pid);
  forget(mark);
}
