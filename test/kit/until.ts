import assert from "node:assert/strict";

/** Waits until something is so; fails after a minute: machines are busy. */
export async function until(isSo: () => boolean | Promise<boolean>, what = "it never came"): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(what);
}
