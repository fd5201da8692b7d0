import type { Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { text } from "./text.ts";

/** Time of all CPUs together since boot, in kernel ticks (proc(5), first line of /proc/stat). */
export interface CpuTime {
  readonly total: number;
  /** Idle, or idle because a disk is waited for: node_exporter and top call both not busy. */
  readonly idle: number;
  readonly waiting: number;
  /** Taken by the hypervisor for others. */
  readonly stolen: number;
  readonly cpus: number;
}

export async function cpuTime(reach: Reach): Promise<CpuTime> {
  const lines = (await text(reach, "/proc/stat")).split("\n");
  // guest and guest_nice (9th and 10th) are already counted in user and nice.
  const fields = (/^cpu +([\d ]+)/.exec(lines[0] ?? "")?.[1] ?? "").split(" ").map(Number).slice(0, 8);
  const [, , , idle, waiting = 0, , , stolen = 0] = fields;
  if (fields.length < 4 || idle === undefined || fields.some(Number.isNaN))
    throw new Unjudged("unparsable", "/proc/stat");
  return {
    total: fields.reduce((sum, field) => sum + field, 0),
    idle,
    waiting,
    stolen,
    cpus: lines.filter((line) => /^cpu\d/.test(line)).length,
  };
}
