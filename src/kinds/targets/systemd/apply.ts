import { setTimeout as pause } from "node:timers/promises";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Intention } from "../../../model/driver.ts";
import { mustBeAs } from "../driver/changed.ts";
import { put } from "../driver/file.ts";
import { told } from "../driver/told.ts";
import { command, journal, SYSTEMD, unitName, type Manager } from "./manager.ts";
import { digests, look, stateOf, unitsOf } from "./unit.ts";
import type { Act, Way, Written } from "./wish.ts";

const POLL_MS = 250;
/** A process that lives so long after its start did not fail at starting, milliseconds. */
const STEADY_MS = 1_000;

/** Where files that were replaced are kept for the way back, by digest, readable by their owner only. */
export const keptPath = (manager: Manager, digest: string): string => `${manager.folder}/.watchbook/${digest}`;

/** Copies what a file holds before it is replaced; refuses (TARGET-CHANGED) when that is no longer what was planned with. */
async function keep(manager: Manager, name: string, files: readonly Written[], signal: AbortSignal): Promise<void> {
  const now = await digests(
    manager,
    files.map(({ path }) => path),
    signal,
  );
  for (const { path, before } of files) {
    const is = now.get(path) ?? null;
    if (is !== before)
      throw new WatchbookError("TARGET-CHANGED", {
        target: manager.reach.target,
        name: `${name} ${path}`,
        was: before ?? "-",
        is: is ?? "-",
      });
    if (before === null) continue;
    const copy = 'umask 077; mkdir -p -- "$(dirname -- "$2")" && cp -- "$1" "$2"';
    const argv = [...manager.prefix, "sh", "-c", copy, "sh", path, keptPath(manager, before)];
    await told(manager.reach, argv, signal, SYSTEMD);
  }
}

/** Waits until a unit that was started stands; TARGET-REFUSED, with its journal in the log, when it does not. */
export async function settle(
  manager: Manager,
  name: string,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const limit = AbortSignal.timeout(manager.waitMs);
  let steady = 0;
  let pid = "";
  while (steady * POLL_MS < STEADY_MS) {
    const [one] = await unitsOf(manager, [name], signal);
    const state = stateOf(one!);
    if ((state !== "running" && state !== "starting") || limit.aborted) {
      await journal(manager, unitName(name), signal, log);
      const detail = `${one!.active} (${one!.sub}), result ${one!.result}, exit ${one!.exitStatus}`;
      const args = { target: manager.reach.target, command: unitName(name), status: one!.active, detail };
      throw new WatchbookError("TARGET-REFUSED", args, { exit: EXIT.failed });
    }
    steady = state === "running" && one!.pid === pid ? steady + 1 : 0;
    pid = one!.pid;
    await pause(POLL_MS, undefined, { signal });
  }
}

async function act(
  manager: Manager,
  name: string,
  { files, commands }: Act,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const reload = commands.findIndex(([verb]) => verb === "daemon-reload");
  const early = reload === -1 ? [] : commands.slice(0, reload);
  for (const words of early) await command(manager, words, signal, log);
  for (const { path, text } of files) {
    log(text === null ? `rm ${path}` : `install ${path}`);
    await put(manager.reach, path, text, signal, { prefix: manager.prefix });
  }
  for (const words of commands.slice(early.length))
    try {
      await command(manager, words, signal, log);
    } catch (error) {
      if (error instanceof WatchbookError) await journal(manager, unitName(name), signal, log);
      throw error;
    }
  if (commands.some(([verb]) => verb === "start" || verb === "restart")) await settle(manager, name, signal, log);
}

/** Does what the intention says; see Driver. */
export async function apply(
  manager: Manager,
  intention: Intention,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const way = intention.undo as Way;
  const scene = await look(
    manager,
    intention.before.map(({ name }) => name),
    signal,
  );
  mustBeAs(manager.reach.target, intention.before, scene.observed);
  for (const [name, { files }] of Object.entries(way)) await keep(manager, name, files, signal);
  for (const { name } of intention.actions) {
    const one = way[name];
    if (one) await act(manager, name, one, signal, log);
  }
}
