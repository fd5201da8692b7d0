import { readFileSync } from "node:fs";

/** A moment as our files have it: nanoseconds of the wall clock and of the monotonic one, and the boot the latter counts from. */
export interface Instant {
  readonly ts: string;
  readonly mono: string;
  readonly boot: string;
}

const BOOT = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").slice(0, 8);

export const instant = (): Instant => ({
  ts: `${Date.now()}000000`,
  mono: String(process.hrtime.bigint()),
  boot: BOOT,
});
