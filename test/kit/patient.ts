import type { Clock } from "../../src/model/time.ts";
import { systemClock } from "../../src/model/time.ts";

/** A clock whose sleeps take no time and are counted; something may happen at each. */
export function patient(each: (count: number) => void = () => undefined): Clock & { slept: number } {
  let passed = 0n;
  const clock = {
    ...systemClock,
    slept: 0,
    wall: () => systemClock.wall() + Number(passed / 1_000_000n),
    monotonic: () => systemClock.monotonic() + passed,
    sleep: (ms: number) => {
      passed += BigInt(Math.round(ms * 1e6));
      clock.slept += 1;
      each(clock.slept);
      return Promise.resolve();
    },
  };
  return clock;
}
