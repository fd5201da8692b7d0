import { createHash } from "node:crypto";
import type { Observed } from "../../../model/driver.ts";
import { ask, unitName, type Manager } from "./manager.ts";

/** A unit as its manager describes it (systemctl show). */
export interface Unit {
  /** As it was asked for. */
  readonly name: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  readonly result: string;
  readonly type: string;
  readonly pid: string;
  readonly restarts: number;
  /** Microseconds since boot when its main process started; 0: never. */
  readonly startedUs: number;
  readonly exitStatus: string;
  readonly enabled: string;
  readonly fragment: string;
  /** Unit file and drop-ins. */
  readonly files: readonly string[];
  /** The file on the disk is newer than what the manager knows. */
  readonly stale: boolean;
  readonly executable: string;
}

const PROPERTIES = [
  ...["LoadState", "ActiveState", "SubState", "Result", "Type", "MainPID", "NRestarts"],
  ...["ExecMainStartTimestampMonotonic", "ExecMainStatus", "UnitFileState", "FragmentPath", "DropInPaths"],
  ...["NeedDaemonReload", "ExecStart"],
];

function unit(name: string, block: string): Unit {
  const values = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const of = (key: string): string => values.get(key) ?? "";
  const fragment = of("FragmentPath");
  return {
    name,
    load: of("LoadState"),
    active: of("ActiveState"),
    sub: of("SubState"),
    result: of("Result"),
    type: of("Type"),
    pid: of("MainPID"),
    restarts: Number(of("NRestarts") || 0),
    startedUs: Number(of("ExecMainStartTimestampMonotonic") || 0),
    exitStatus: of("ExecMainStatus"),
    enabled: of("UnitFileState"),
    fragment,
    files: [fragment, ...of("DropInPaths").split(" ")].filter((path) => path !== ""),
    stale: of("NeedDaemonReload") === "yes",
    executable: /(?:^|\s)path=([^ ;]+)/.exec(of("ExecStart"))?.[1] ?? "",
  };
}

/** The units by these names, in this order; one that does not exist has load state `not-found`. */
export async function unitsOf(
  manager: Manager,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly Unit[]> {
  if (names.length === 0) return [];
  const text = await ask(manager, ["show", "-p", PROPERTIES.join(","), "--", ...names.map(unitName)], signal);
  const blocks = text.trim().split(/\n\n+/);
  return names.map((name, at) => unit(name, blocks[at] ?? ""));
}

/** All services that are loaded and have a unit file. */
export async function allNames(manager: Manager, signal: AbortSignal): Promise<readonly string[]> {
  const words = ["list-units", "--type=service", "--all", "--plain", "--no-legend"];
  const text = await ask(manager, words, signal);
  return text.split("\n").flatMap((line) => {
    const [name = "", load = ""] = line.trim().split(/\s+/);
    return name === "" || load !== "loaded" ? [] : [name.replace(/\.service$/, "")];
  });
}

/** SHA-256 of files on the host by path; what cannot be read is left out. */
export async function digests(
  manager: Manager,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const { out } = await manager.reach.exec([...manager.prefix, "sha256sum", "--", ...new Set(paths)], { signal });
  signal.throwIfAborted();
  return new Map(
    out.split("\n").flatMap((line) => (line.length > 66 ? [[line.slice(66), line.slice(0, 64)] as const] : [])),
  );
}

const STATES: Readonly<Record<string, Observed["state"]>> = {
  active: "running",
  reloading: "running",
  activating: "starting",
  failed: "failed",
};

export const stateOf = ({ load, active, sub }: Unit): Observed["state"] => {
  if (load === "not-found") return "absent";
  return sub === "auto-restart" ? "failed" : (STATES[active] ?? "stopped");
};

/** What runs (digest of the executable) and how it is set up (digest of unit file, drop-ins and enablement). */
export function observedOf(one: Unit, sums: ReadonlyMap<string, string>): Observed {
  const absent = one.load === "not-found";
  const parts = [one.enabled, one.stale, ...one.files.map((path) => `${path} ${sums.get(path) ?? ""}`)];
  const sum = sums.get(one.executable);
  return {
    name: one.name,
    kind: "unit",
    version: absent ? null : sum === undefined ? one.executable : `sha256:${sum}`,
    config: absent ? null : createHash("sha256").update(parts.join("\n")).digest("hex"),
    state: stateOf(one),
  };
}

/** Units and what is observed of them. */
export async function look(
  manager: Manager,
  names: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly units: readonly Unit[]; readonly observed: readonly Observed[] }> {
  const units = await unitsOf(manager, names, signal);
  const paths = units.flatMap(({ files, executable }) => [...files, executable]).filter((path) => path !== "");
  const sums = await digests(manager, paths, signal);
  return { units, observed: units.map((one) => observedOf(one, sums)) };
}
