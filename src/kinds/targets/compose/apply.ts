import { WatchbookError } from "../../../model/error.ts";
import type { Action, Intention } from "../../../model/driver.ts";
import { mustBeAs } from "../driver/changed.ts";
import { put } from "../driver/file.ts";
import { command, composed, type Project } from "./command.ts";
import { pinned, wantedOf } from "./config.ts";
import { PINS } from "./files.ts";
import { keep } from "./kept.ts";
import { look } from "./observe.ts";
import { pinsText, type Pins } from "./pins.ts";
import { lastWords, settle } from "./settle.ts";
import type { Way } from "./wish.ts";

const changed = (project: Project, name: string, was: string, is: string): WatchbookError =>
  new WatchbookError("TARGET-CHANGED", { target: project.reach.target, name, was, is });

/** Refuses when the pins, or what the files lead to, are not what the intention was made with. */
async function mustLeadTo(project: Project, way: Way, pins: Pins, signal: AbortSignal): Promise<void> {
  const [was, is] = [pinsText(way.pins.before) ?? "-", pinsText(pins) ?? "-"];
  if (was !== is) throw changed(project, PINS, was, is);
  const next = await wantedOf(project, way.pins.after, signal);
  for (const [name, hash] of Object.entries(way.hashes))
    if (next.get(name)?.hash !== hash) throw changed(project, name, hash, next.get(name)?.hash ?? "-");
}

export async function writePins(project: Project, pins: Pins, signal: AbortSignal): Promise<Project> {
  await put(project.reach, PINS, pinsText(pins), signal);
  return pinned(project, pins);
}

/** Does one action and waits until what it started is well. */
async function act(
  project: Project,
  action: Action,
  words: readonly string[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  try {
    await command(project, composed(project, words), signal, log);
    if (action.what !== "stop" && action.what !== "remove") await settle(project, action.name, signal);
  } catch (error) {
    if (error instanceof WatchbookError) await lastWords(project, signal, log);
    throw error;
  }
}

/** Does what the intention says; see Driver. */
export async function apply(
  project: Project,
  intention: Intention,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const way = intention.undo as Way;
  const names = intention.before.map(({ name }) => name);
  const scene = await look(project, names, signal);
  mustBeAs(project.reach.target, intention.before, [...scene.observed.values()]);
  await mustLeadTo(project, way, scene.pins, signal);
  const actions = intention.actions.filter(({ what }) => what !== "none");
  if (actions.length === 0) return;
  await keep(project, scene, scene.pins, signal);
  const repins = pinsText(way.pins.before) !== pinsText(way.pins.after);
  const now = repins ? await writePins(project, way.pins.after, signal) : pinned(project, scene.pins);
  for (const action of actions) await act(now, action, way.commands[action.name] ?? [], signal, log);
  await keep(now, await look(now, names, signal), way.pins.after, signal);
}
