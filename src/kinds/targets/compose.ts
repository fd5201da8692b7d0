import { z } from "zod";
import type { Driver } from "../../model/driver.ts";
import type { Reach, TargetKind } from "../../model/target.ts";
import { apply } from "./compose/apply.ts";
import { spelling, type Project, type Spelling } from "./compose/command.ts";
import { pinned } from "./compose/config.ts";
import { composeFiles } from "./compose/files.ts";
import { healthOf } from "./compose/health.ts";
import { projectName } from "./compose/name.ts";
import { look } from "./compose/observe.ts";
import { readPins } from "./compose/pins.ts";
import { plan } from "./compose/plan.ts";
import { undo } from "./compose/undo.ts";
import { ground, reachOn } from "./driver/over.ts";

const params = z.strictObject({
  directory: z.string().describe("Folder of the project on its host; relative to the book's root on this machine."),
  project: z
    .string()
    .optional()
    .describe("Name of the project; default: what Compose takes, mostly the folder's name."),
  files: z.array(z.string()).default([]).describe("Compose files, in order; default: those Compose finds."),
  profiles: z.array(z.string()).default([]).describe("Profiles that are on."),
  over: z.string().optional().describe("Target of the book on which docker runs; default: this machine."),
  env: z.record(z.string(), z.string()).default({}).describe("Variables for docker and commands, such as DOCKER_HOST."),
  waitSeconds: z.number().positive().default(180).describe("Longest time for pulling, starting and becoming healthy."),
});

type ComposeParams = z.infer<typeof params>;

/** A Docker Compose project: commands and files in its folder, and its services through the docker CLI. */
export const composeTarget: TargetKind<ComposeParams> = {
  kind: "compose",
  params,
  open: async (name, given, root, other) => {
    const reach = reachOn(name, await ground(name, given, root, other), given.env);
    return { ...reach, driver: driver(reach, given) };
  },
};

async function projectOf(reach: Reach, spelled: Spelling, given: ComposeParams, signal: AbortSignal): Promise<Project> {
  const files = await composeFiles(reach, given.files);
  const options = [
    ...(given.project === undefined ? [] : ["-p", given.project]),
    ...files.flatMap((file) => ["-f", file]),
    ...given.profiles.flatMap((profile) => ["--profile", profile]),
  ];
  const project = { reach, name: given.project ?? "", spelling: spelled, options, waitMs: given.waitSeconds * 1_000 };
  const named = given.project === undefined ? { ...project, name: await projectName(project, signal) } : project;
  return pinned(named, await readPins(reach));
}

function driver(reach: Reach, given: ComposeParams): Driver {
  // Files and pins are looked up again for every question: an operator may have changed them in between.
  let spelled: Spelling | undefined;
  const project = async (signal: AbortSignal): Promise<Project> =>
    projectOf(reach, (spelled ??= await spelling(reach, signal)), given, signal);
  return {
    observe: async (names, signal) => [...(await look(await project(signal), names, signal)).observed.values()],
    plan: async (desired, signal) => plan(await project(signal), desired, signal),
    apply: async (intention, signal, log) => apply(await project(signal), intention, signal, log),
    health: async (names, signal) => healthOf(await look(await project(signal), names, signal)),
    undo: async (intention, signal, log) => undo(await project(signal), intention, signal, log),
  };
}
