import { EXIT, WatchbookError } from "../../../model/error.ts";
import type { Intention, Observed } from "../../../model/driver.ts";
import { put } from "../driver/file.ts";
import { told } from "../driver/told.ts";
import { saidOf } from "../driver/changed.ts";
import { keptPath, settle } from "./apply.ts";
import { command, SYSTEMD, unitName, type Manager } from "./manager.ts";
import { digests, look } from "./unit.ts";
import type { Act, Way } from "./wish.ts";

/** Puts the files back that an action replaced; says whether any was different. */
async function filesBack(manager: Manager, was: Observed, { files }: Act, signal: AbortSignal): Promise<boolean> {
  const now = await digests(
    manager,
    files.map(({ path }) => path),
    signal,
  );
  const changed = files.filter(({ path, before }) => (now.get(path) ?? null) !== before);
  const kept = await digests(
    manager,
    changed.flatMap(({ before }) => (before === null ? [] : [keptPath(manager, before)])),
    signal,
  );
  if (changed.some(({ before }) => before !== null && kept.get(keptPath(manager, before)) !== before))
    throw new WatchbookError(
      "TARGET-UNDO-LOST",
      { target: manager.reach.target, name: was.name, what: saidOf(was) },
      { exit: EXIT.failed },
    );
  for (const { path, before } of changed) {
    if (before === null) {
      await put(manager.reach, path, null, signal, { prefix: manager.prefix });
      continue;
    }
    const back = 'cp -- "$1" "$2.new" && chmod 0644 "$2.new" && mv -f -- "$2.new" "$2"';
    const argv = [...manager.prefix, "sh", "-c", back, "sh", keptPath(manager, before), path];
    await told(manager.reach, argv, signal, SYSTEMD);
  }
  return changed.length > 0;
}

const isOn = (state: Observed["state"]): boolean => state === "running" || state === "starting";

/** Brings back what was observed of the units that the intention touched; see Driver. */
export async function undo(
  manager: Manager,
  intention: Intention,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const way = intention.undo as Way;
  for (const was of intention.before.toReversed()) {
    const act = way[was.name];
    if (act) await bringBack(manager, was, act, signal, log);
  }
}

async function bringBack(
  manager: Manager,
  was: Observed,
  act: Act,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const run = (...words: readonly string[]): Promise<void> => command(manager, words, signal, log);
  const name = unitName(was.name);
  const [one] = (await look(manager, [was.name], signal)).units;
  const now = (await look(manager, [was.name], signal)).observed[0]!;
  // A unit whose file goes must not stay behind without one.
  if (was.state === "absent" && now.state !== "absent") await run("stop", name);
  if (one!.enabled === "enabled" && !act.enabledBefore) await run("disable", name);
  const changed = await filesBack(manager, was, act, signal);
  if (changed) await run("daemon-reload");
  if (act.enabledBefore && one!.enabled !== "enabled") await run("enable", name);
  if (was.state === "absent") return;
  if (isOn(was.state)) {
    if (!changed && isOn(now.state)) return;
    if (now.state === "failed") await run("reset-failed", name);
    await run("restart", name);
    await settle(manager, was.name, signal, log);
  } else if (isOn(now.state) || now.state === "failed") {
    await run("stop", name);
    if (now.state === "failed" && was.state === "stopped") await run("reset-failed", name);
  }
}
