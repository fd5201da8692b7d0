import { readFileSync } from "node:fs";

let boot: string | undefined;

/** Identity of this boot of the kernel: two runs with different ones never share a monotonic clock; `none` if unknown. */
export function bootId(): string {
  if (boot !== undefined) return boot;
  try {
    boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch (error) {
    // Kernels without /proc (macOS) have no such name; anything else is a bug.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    boot = "none";
  }
  return boot;
}
