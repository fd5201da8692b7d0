import { put, textOf } from "../driver/file.ts";
import type { Project } from "./command.ts";
import { rendering } from "./config.ts";
import type { Scene } from "./observe.ts";
import type { Pins } from "./pins.ts";

/** Folder of ours in the project's: configurations that ran, readable by their owner only, for the way back. */
const FOLDER = ".watchbook-compose";

/** File with the whole project as it was when a service ran with this digest of its configuration. */
export const keptPath = (service: string, hash: string): string => `${FOLDER}/${service}.${hash.slice(0, 16)}.yaml`;

export const isKept = async (project: Project, service: string, hash: string): Promise<boolean> =>
  (await textOf(project.reach, keptPath(service, hash))) !== null;

/** Keeps the configuration of those services that run with it now. */
export async function keep(project: Project, scene: Scene, pins: Pins, signal: AbortSignal): Promise<void> {
  const running = [...scene.observed.values()].filter(
    ({ name, config }) => config !== null && config === scene.wanted.get(name)?.hash,
  );
  if (running.length === 0) return;
  const text = await rendering(project, pins, signal);
  await put(project.reach, `${FOLDER}/.gitignore`, "*\n", signal);
  for (const { name, config } of running)
    await put(project.reach, keptPath(name, config!), text, signal, { mode: "0600" });
}
