import type { Action, Desired, Intention, Observed } from "../../../model/driver.ts";
import { quoted } from "../posix/quote.ts";
import { saidOf, shortOf } from "../driver/changed.ts";
import { merged } from "../driver/merged.ts";
import { ask, composed, type Project } from "./command.ts";
import { asked, pinned, wantedOf, type Wanted } from "./config.ts";
import { imagesOf } from "./containers.ts";
import { isKept } from "./kept.ts";
import { look, type Scene } from "./observe.ts";
import type { Pins } from "./pins.ts";
import type { Way, Wish } from "./wish.ts";

/** A reference by which docker finds an image: of a bare digest that is no image here, the service's repository at it. */
async function referenceOf(
  project: Project,
  version: string,
  image: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (!/^sha256:[0-9a-f]{64}$/.test(version) || image === undefined) return version;
  if ((await imagesOf(project.reach, [version], signal)).has(version)) return version;
  return `${image.split("@")[0]!.replace(/:[^:/]*$/, "")}@${version}`;
}

/** Pins after the wishes are done: a service that the files bring to the wanted image by themselves needs none. */
async function pinsFor(project: Project, scene: Scene, wishes: readonly Wish[], signal: AbortSignal): Promise<Pins> {
  const after: Record<string, string> = { ...scene.pins };
  const own = Object.keys(after).length === 0 ? scene.wanted : await wantedOf(project, {}, signal);
  for (const { name, version } of wishes) {
    const now = scene.observed.get(name);
    if (version === undefined || now?.version === version) continue;
    const image = own.get(name)?.image;
    const reference = await referenceOf(project, version, image, signal);
    const found = await imagesOf(project.reach, [reference, ...(image === undefined ? [] : [image])], signal);
    const wanted = found.get(reference);
    if (wanted && now?.version === (wanted.digest ?? wanted.id)) continue;
    const same =
      image === reference || (wanted !== undefined && image !== undefined && found.get(image)?.id === wanted.id);
    if (same) delete after[name];
    else after[name] = reference;
  }
  return after;
}

type What = Action["what"];

/** The command that makes one service as wished, given what it is and what its files and pins lead to. */
function commandFor(
  wish: Wish,
  now: Observed,
  repin: boolean,
  next: Wanted | undefined,
): { readonly what: What; readonly words: readonly string[] } {
  const up = (...more: readonly string[]): readonly string[] => [
    ...["up", "-d", "--no-deps", "--wait"],
    ...more,
    ...(wish.replicas === undefined ? [] : ["--scale", `${wish.name}=${wish.replicas}`]),
    wish.name,
  ];
  const there = now.state !== "absent";
  const on = now.state === "running" || now.state === "starting";
  if (wish.state === "absent")
    return { what: there ? "remove" : "none", words: ["rm", "--stop", "--force", wish.name] };
  if (wish.state === "stopped")
    return { what: on || now.state === "failed" ? "stop" : "none", words: ["stop", wish.name] };
  const stale = wish.config === "files" && now.config !== next?.hash;
  if (there && (repin || stale)) return { what: "update", words: up() };
  if (!there && (wish.state === "running" || wish.version !== undefined || wish.config || (wish.replicas ?? 0) > 0))
    return { what: "create", words: up() };
  if (there && wish.replicas !== undefined && wish.replicas !== now.replicas?.wanted)
    return { what: "scale", words: up("--no-recreate") };
  if (there && wish.state === "running" && !on && now.state !== "failed")
    return { what: "start", words: ["start", wish.name] };
  if (there && (wish.restart || (wish.state === "running" && now.state === "failed")))
    return { what: "restart", words: ["restart", "--no-deps", wish.name] };
  return { what: "none", words: [] };
}

const RISKS: Readonly<Record<What, Action["risk"]>> = {
  create: "write",
  update: "write",
  scale: "write",
  restart: "write",
  start: "write",
  stop: "write",
  remove: "destructive",
  none: "read",
};

const goal = (what: What, wish: Wish, now: Observed, next: Wanted | undefined, pins: Pins): string => {
  if (what === "none") return saidOf(now);
  if (what === "remove") return "absent";
  if (what === "stop") return "stopped";
  if (what !== "update" && what !== "create")
    return `running${wish.replicas === undefined ? "" : ` ${wish.replicas}/${wish.replicas}`}`;
  return `running ${shortOf(pins[wish.name] ?? next?.image ?? "-")} config ${shortOf(next?.hash ?? "-")}`;
};

/** What has to be done so that the project is as desired. Changes nothing; Compose itself tries every `up` dry. */
export async function plan(project: Project, desired: readonly Desired[], signal: AbortSignal): Promise<Intention> {
  const wishes = merged(desired) as readonly Wish[];
  const scene = await look(
    project,
    wishes.map(({ name }) => name),
    signal,
  );
  const pins = await pinsFor(project, scene, wishes, signal);
  const next = await wantedOf(project, pins, signal);
  const commands: Record<string, readonly string[]> = {};
  const hashes: Record<string, string> = {};
  const actions: Action[] = [];
  for (const wish of wishes) {
    const now = scene.observed.get(wish.name)!;
    const repin = pins[wish.name] !== scene.pins[wish.name];
    const { what, words } = commandFor(wish, now, repin, next.get(wish.name));
    const command = what === "none" ? "" : quoted(composed(pinned(project, pins), words));
    // What cannot be brought back is more than a write.
    const lost = what === "update" && now.config !== null && !(await known(project, scene, now));
    actions.push({
      ...{ name: wish.name, what, from: saidOf(now), to: goal(what, wish, now, next.get(wish.name), pins), command },
      risk: lost ? "destructive" : RISKS[what],
    });
    if (what !== "none") commands[wish.name] = words;
    if (what === "update" || what === "create") hashes[wish.name] = next.get(wish.name)?.hash ?? "";
  }
  await tryDry(project, pins, Object.keys(hashes), signal);
  const way: Way = { pins: { before: scene.pins, after: pins }, hashes, commands };
  return { actions, before: [...scene.observed.values()], undo: way };
}

/** Whether the configuration that a service runs with can be had again. */
const known = async (project: Project, scene: Scene, now: Observed): Promise<boolean> =>
  now.config === scene.wanted.get(now.name)?.hash || isKept(project, now.name, now.config ?? "");

async function tryDry(project: Project, pins: Pins, names: readonly string[], signal: AbortSignal): Promise<void> {
  if (names.length === 0) return;
  const given = asked(project, pins);
  await ask(given.project, ["--dry-run", "up", "-d", "--no-deps", ...names], signal, given.stdin);
}
