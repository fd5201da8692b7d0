import type { Unit } from "../../model/unit.ts";
import { fold } from "./matcher.ts";
import { conversion } from "./quantity.ts";

/** Unit of a probe's value for a unit as a manual writes it; values of time are in seconds, of size in bytes. */
export function unitOf(written: string): Unit | undefined {
  const unit = fold(written);
  if (unit === "%") return "%";
  if (/^(?:ms|s|min|h|us|µs|秒|毫秒|分钟|分|小时|seconds?|minutes?|hours?)$/.test(unit)) return "seconds";
  if (/^(?:d|days?|天|日)$/.test(unit)) return "days";
  if (/^[kmgt]?i?b$|^字节$|^bytes?$/.test(unit)) return "bytes";
  return unit === "" || /^[个条次台]$/.test(unit) ? "count" : undefined;
}

/** Factor from a manual's unit to that of a probe's value: 0.001 for ms, 1024 for KiB; 1 where nothing is converted. */
export function factorOf(written: string): number {
  const to = { seconds: "s", bytes: "b", days: "d" } as Readonly<Record<string, string>>;
  const unit = unitOf(written);
  return (unit !== undefined && to[unit] !== undefined && conversion(fold(written), to[unit])) || 1;
}
