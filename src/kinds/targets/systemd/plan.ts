import { createHash } from "node:crypto";
import { WatchbookError } from "../../../model/error.ts";
import type { Action, Desired, Intention, Observed } from "../../../model/driver.ts";
import { saidOf } from "../driver/changed.ts";
import { merged } from "../driver/merged.ts";
import { mustKnow } from "../driver/unknown.ts";
import { quoted } from "../posix/quote.ts";
import { systemctl, unitName, type Manager } from "./manager.ts";
import { allNames, digests, look, type Unit } from "./unit.ts";
import type { Act, Way, Wish, Written } from "./wish.ts";

type What = Action["what"];

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Files that differ from what is wished. */
async function filesFor(manager: Manager, wish: Wish, one: Unit, signal: AbortSignal): Promise<readonly Written[]> {
  const own = `${manager.folder}/${unitName(wish.name)}`;
  const path = one.fragment.startsWith(`${manager.folder}/`) ? one.fragment : own;
  const wanted: readonly (readonly [string, string | null])[] = [
    ...(wish.state === "absent"
      ? [[path, null] as const]
      : wish.unit === undefined
        ? []
        : [[path, wish.unit] as const]),
    ...Object.entries(wish.dropins ?? {}).map(([name, text]) => [`${own}.d/${name}`, text] as const),
  ];
  const now = await digests(
    manager,
    wanted.map(([file]) => file),
    signal,
  );
  return wanted.flatMap(([file, text]) => {
    const before = now.get(file) ?? null;
    return (text === null ? null : digest(text)) === before ? [] : [{ path: file, text, before }];
  });
}

const isOn = (state: Observed["state"]): boolean => state === "running" || state === "starting";

/** What has to be done with the unit itself when its files are as wished. */
function verbFor(wish: Wish, now: Observed, filesDiffer: boolean): { readonly what: What; readonly verb?: string } {
  if (wish.state === "absent") return now.state === "absent" ? { what: "none" } : { what: "remove", verb: "stop" };
  if (wish.state === "stopped" && (isOn(now.state) || now.state === "failed")) return { what: "stop", verb: "stop" };
  if (now.state === "absent") return { what: "create", ...(wish.state === "running" && { verb: "start" }) };
  if (filesDiffer && wish.state !== "stopped")
    return { what: "update", ...((isOn(now.state) || wish.state === "running") && { verb: "restart" }) };
  if (filesDiffer) return { what: "update" };
  if (wish.restart) return { what: "restart", verb: "restart" };
  if (wish.state === "running" && now.state === "failed") return { what: "restart", verb: "restart" };
  if (wish.state === "running" && !isOn(now.state)) return { what: "start", verb: "start" };
  return wish.reload ? { what: "update", verb: "reload" } : { what: "none" };
}

function actFor(wish: Wish, one: Unit, now: Observed, files: readonly Written[]): { what: What; act: Act } {
  const { what, verb } = verbFor(wish, now, files.length > 0);
  const name = unitName(wish.name);
  const enabledBefore = one.enabled === "enabled";
  const enabled = wish.state === "absent" ? false : (wish.enabled ?? enabledBefore);
  const stop = verb === "stop" ? [["stop", name]] : [];
  const commands = [
    // A unit is stopped and disabled while its file is still there, and started when the new one is known.
    ...(what === "remove" ? stop : []),
    ...(enabledBefore && !enabled ? [["disable", name]] : []),
    ...(files.length > 0 ? [["daemon-reload"]] : []),
    ...(enabled && !enabledBefore ? [["enable", name]] : []),
    ...(verb === undefined || what === "remove" ? [] : [[verb, name]]),
  ];
  return { what: what === "none" && commands.length > 0 ? "update" : what, act: { files, commands, enabledBefore } };
}

const said = (manager: Manager, act: Act): string =>
  [
    ...act.files.map(({ path, text }) =>
      text === null ? `rm ${path}` : `install ${path} (sha256 ${digest(text).slice(0, 12)})`,
    ),
    ...act.commands.map((words) => quoted(systemctl(manager, words))),
  ].join(" && ");

/** What has to be done so that the units are as desired. Changes nothing. */
export async function plan(manager: Manager, desired: readonly Desired[], signal: AbortSignal): Promise<Intention> {
  const wishes = merged(desired) as readonly Wish[];
  for (const { name, version, replicas } of wishes)
    if (version !== undefined || replicas !== undefined)
      throw new WatchbookError("TARGET-WISH", {
        target: manager.reach.target,
        name,
        what: version === undefined ? "replicas" : "version",
      });
  const scene = await look(
    manager,
    wishes.map(({ name }) => name),
    signal,
  );
  const strange = wishes.filter((wish, at) => scene.units[at]?.load === "not-found" && !creates(wish));
  if (strange.length > 0)
    mustKnow(
      manager.reach.target,
      strange.map(({ name }) => name),
      await allNames(manager, signal),
    );
  const way: Record<string, Act> = {};
  const actions: Action[] = [];
  for (const [at, wish] of wishes.entries()) {
    const [one, now] = [scene.units[at]!, scene.observed[at]!];
    const { what, act } = actFor(wish, one, now, await filesFor(manager, wish, one, signal));
    if (what !== "none") way[wish.name] = act;
    actions.push({
      ...{ name: wish.name, what, from: saidOf(now), to: goal(what, wish, now), command: said(manager, act) },
      risk: what === "none" ? "read" : what === "remove" ? "destructive" : "write",
    });
  }
  return { actions, before: scene.observed, undo: way satisfies Way };
}

const creates = (wish: Wish): boolean => wish.unit !== undefined || wish.state === "absent";

function goal(what: What, wish: Wish, now: Observed): string {
  if (what === "none") return saidOf(now);
  if (what === "remove") return "absent";
  if (what === "stop") return "stopped";
  const unit = wish.unit === undefined ? "" : ` unit ${digest(wish.unit).slice(0, 12)}`;
  return `${wish.state ?? (now.state === "absent" ? "stopped" : now.state)}${unit}`;
}
