import { z } from "zod";
import type { Driver } from "../../model/driver.ts";
import type { Reach, TargetKind } from "../../model/target.ts";
import { ground, reachOn } from "./driver/over.ts";
import { apply } from "./systemd/apply.ts";
import { healthOf } from "./systemd/health.ts";
import type { Manager } from "./systemd/manager.ts";
import { plan } from "./systemd/plan.ts";
import { undo } from "./systemd/undo.ts";
import { allNames, look, unitsOf } from "./systemd/unit.ts";

const params = z.strictObject({
  units: z
    .array(z.string())
    .default([])
    .describe("Units that belong to the target; default: all services of the host."),
  over: z.string().optional().describe("Target of the book that is the host; default: this machine."),
  user: z.boolean().default(false).describe("The login's own service manager instead of the system's."),
  sudo: z.boolean().default(false).describe("Change things through `sudo -n`."),
  waitSeconds: z.number().positive().default(120).describe("Longest time for one start or stop."),
});

type SystemdParams = z.infer<typeof params>;

const FOLDER = "/etc/systemd/system";

/** Units of a host: commands and files there, and its services through systemctl. */
export const systemdTarget: TargetKind<SystemdParams> = {
  kind: "systemd",
  params: params.prefault({}),
  open: async (name, given, root, other) => {
    const reach = reachOn(name, await ground(name, { over: given.over }, root, other), {});
    return { ...reach, driver: driver(reach, given) };
  },
};

/** Where the operator's unit files lie: the login's manager has a folder of its own. */
async function managerOf(reach: Reach, given: SystemdParams, signal: AbortSignal): Promise<Manager> {
  const home = given.user ? await reach.exec(["sh", "-c", 'printf %s "$HOME"'], { signal }) : undefined;
  return {
    reach,
    prefix: given.sudo ? ["sudo", "-n"] : [],
    scope: given.user ? ["--user"] : [],
    folder: home === undefined ? FOLDER : `${home.out}/.config/systemd/user`,
    waitMs: given.waitSeconds * 1_000,
  };
}

function driver(reach: Reach, given: SystemdParams): Driver {
  const manager = (signal: AbortSignal): Promise<Manager> => managerOf(reach, given, signal);
  const named = async (from: Manager, names: readonly string[] | undefined, signal: AbortSignal) =>
    names ?? (given.units.length > 0 ? given.units : await allNames(from, signal));
  return {
    observe: async (names, signal) => {
      const from = await manager(signal);
      return (await look(from, await named(from, names, signal), signal)).observed;
    },
    plan: async (desired, signal) => plan(await manager(signal), desired, signal),
    apply: async (intention, signal, log) => apply(await manager(signal), intention, signal, log),
    health: async (names, signal) => {
      const from = await manager(signal);
      return healthOf(reach, await unitsOf(from, await named(from, names, signal), signal));
    },
    undo: async (intention, signal, log) => undo(await manager(signal), intention, signal, log),
  };
}
