import type { CheckContext } from "../../../model/check.ts";
import { ReachError, type Reach } from "../../../model/target.ts";
import { exitCode, Unjudged } from "../answer/unjudged.ts";
import { text } from "../proc/text.ts";

/** CPUs that take part, as `0-7,9` in sysfs: Documentation/ABI/testing/sysfs-devices-system-cpu. */
export async function cpus(reach: Reach): Promise<number> {
  const online = (await text(reach, "/sys/devices/system/cpu/online")).trim();
  const counts = online.split(",").map((range) => {
    const [from = Number.NaN, to = from] = range.split("-").map(Number);
    return to - from + 1;
  });
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (!(count > 0)) throw new Unjudged("unparsable", online.slice(0, 80));
  return count;
}

/** Bytes of memory that the kernel manages: less than what is built in, by what the firmware keeps. */
export async function memory(reach: Reach): Promise<number> {
  const found = /^MemTotal:\s+(\d+) kB$/m.exec(await text(reach, "/proc/meminfo"));
  if (!found) throw new Unjudged("unparsable", "/proc/meminfo");
  return Number(found[1]) * 1_024;
}

/** Whether the disk below a path turns: sysfs, queue/rotational; of a partition its disk has it. */
export async function turns(path: string, { reach, signal }: CheckContext): Promise<boolean> {
  const { end, out } = await reach.exec(["findmnt", "-n", "-o", "MAJ:MIN", "-T", path], { signal });
  const device = out.trim().split("\n")[0]?.trim() ?? "";
  if (exitCode("findmnt", end) !== 0 || !/^\d+:\d+$/.test(device)) throw new Unjudged("unparsable", `findmnt ${path}`);
  for (const way of ["queue/rotational", "../queue/rotational"])
    try {
      return (await text(reach, `/sys/dev/block/${device}/${way}`)).trim() === "1";
    } catch (error) {
      if (!(error instanceof ReachError) || error.reason !== "absent") throw error;
    }
  throw new Unjudged("absent", `/sys/dev/block/${device}/queue/rotational`);
}

/** Mbit/s of the fastest link that is up; what says nothing (a virtual one) does not count. */
export async function link(reach: Reach): Promise<number> {
  const speeds: number[] = [];
  for (const name of await reach.list("/sys/class/net"))
    try {
      speeds.push(Number((await text(reach, `/sys/class/net/${name}/speed`)).trim()));
    } catch (error) {
      // A link that is down has no speed: reading it is refused.
      if (!(error instanceof ReachError)) throw error;
    }
  const fastest = Math.max(...speeds.filter((speed) => speed > 0));
  if (!Number.isFinite(fastest)) throw new Unjudged("absent", "/sys/class/net/*/speed");
  return fastest;
}

/** `ubuntu 22.04`: os-release(5). */
export async function system(reach: Reach): Promise<{ readonly id: string; readonly version: string }> {
  const release = await text(reach, "/etc/os-release");
  const field = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(release)?.[1] ?? "";
  if (field("ID") === "") throw new Unjudged("unparsable", "/etc/os-release");
  return { id: field("ID"), version: field("VERSION_ID") };
}

/** `5.15.0` of `5.15.0-91-generic`. */
export async function kernel(reach: Reach): Promise<string> {
  const found = /^\d+(?:\.\d+)+/.exec(await text(reach, "/proc/sys/kernel/osrelease"));
  if (!found) throw new Unjudged("unparsable", "/proc/sys/kernel/osrelease");
  return found[0];
}
