import { systemClock } from "../../src/model/time.ts";

/** Waits until `look` gives something; processes are started and killed meanwhile, so it gives up only after minutes. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const end = systemClock.monotonic() + 150_000_000_000n;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (systemClock.monotonic() > end) throw new Error(`waited in vain: ${what}`);
    await systemClock.sleep(10);
  }
}
