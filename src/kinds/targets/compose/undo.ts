import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Intention, Observed } from "../../../model/driver.ts";
import { saidOf } from "../driver/changed.ts";
import { command, composed, type Project } from "./command.ts";
import { pinned, wantedOf } from "./config.ts";
import { imagesOf } from "./containers.ts";
import { isKept, keptPath } from "./kept.ts";
import { look } from "./observe.ts";
import type { Pins } from "./pins.ts";
import { settle } from "./settle.ts";
import { writePins } from "./apply.ts";
import type { Way } from "./wish.ts";

const isOn = (state: Observed["state"]): boolean => state !== "stopped" && state !== "absent";

/** The project whose files lead to the configuration a service had: today's, or a kept one; nothing is done without it. */
async function projectFor(project: Project, pins: Pins, was: Observed, signal: AbortSignal): Promise<Project> {
  const before = await wantedOf(project, pins, signal);
  if (was.config === null || before.get(was.name)?.hash === was.config) return pinned(project, pins);
  if (await isKept(project, was.name, was.config)) {
    const options = ["-p", project.name, "--project-directory", ".", "-f", keptPath(was.name, was.config)];
    return { ...project, options };
  }
  throw new WatchbookError(
    "TARGET-UNDO-LOST",
    { target: project.reach.target, name: was.name, what: saidOf(was) },
    { exit: EXIT.failed },
  );
}

/** An image name may mean another image by now: then the service is brought back to the very image it ran with. */
async function pinsBack(
  project: Project,
  pins: Pins,
  touched: readonly Observed[],
  signal: AbortSignal,
): Promise<Pins> {
  const back: Record<string, string> = { ...pins };
  const wanted = await wantedOf(project, pins, signal);
  for (const { name, version } of touched) {
    const image = wanted.get(name)?.image;
    if (image === undefined || version === null || version.includes(" ")) continue;
    const found = await imagesOf(project.reach, [image, version], signal);
    const now = found.get(image);
    if (now && version !== (now.digest ?? now.id) && found.has(version)) back[name] = version;
  }
  return back;
}

/** Brings back what was observed of the services that the intention touched; see Driver. */
export async function undo(
  project: Project,
  intention: Intention,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const way = intention.undo as Way;
  const touched = intention.actions.filter(({ what }) => what !== "none").map(({ name }) => name);
  const before = intention.before.filter(({ name }) => touched.includes(name)).toReversed();
  if (before.length === 0) return;
  const pins = await pinsBack(project, way.pins.before, before, signal);
  const projects = new Map<string, Project>();
  for (const was of before) {
    const version = pins[was.name] === way.pins.before[was.name];
    projects.set(was.name, version ? await projectFor(project, pins, was, signal) : pinned(project, pins));
  }
  await writePins(project, pins, signal);
  const scene = await look(project, touched, signal);
  for (const was of before) await bringBack(projects.get(was.name)!, was, scene.observed.get(was.name)!, signal, log);
}

async function bringBack(
  project: Project,
  was: Observed,
  now: Observed,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const run = (...words: readonly string[]): Promise<void> => command(project, composed(project, words), signal, log);
  if (was.state === "absent") {
    if (now.state !== "absent") await run("rm", "--stop", "--force", was.name);
    return;
  }
  const wait = isOn(was.state) ? ["--wait"] : [];
  const scale = ["--scale", `${was.name}=${was.replicas?.wanted ?? 1}`];
  if (now.version !== was.version || now.config !== was.config || now.replicas?.wanted !== was.replicas?.wanted)
    await run("up", "-d", "--no-deps", ...wait, ...scale, was.name);
  else if (isOn(was.state) && !isOn(now.state)) await run("start", was.name);
  else if (now.state === "failed" && was.state !== "failed") await run("restart", was.name);
  if (was.state === "stopped") await run("stop", was.name);
  else if (was.state !== "failed") await settle(project, was.name, signal);
}
