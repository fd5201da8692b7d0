// Hands on targets: opened once, let go of together, and none stays behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { Reaches } from "../src/engine/reaches.ts";
import type { Registry } from "../src/model/registry.ts";
import type { Reach } from "../src/model/target.ts";
import { systemClock } from "../src/model/time.ts";

/** A kind of target whose hands are counted. */
function counted(): { readonly reaches: Reaches; readonly held: () => number } {
  let held = 0;
  const open = (): Promise<Reach> => {
    held += 1;
    return Promise.resolve({
      [Symbol.asyncDispose]: async () => void (held -= 1),
    } as unknown as Reach);
  };
  const kind = { params: z.object({}), open };
  const registry = { targets: new Map([["hand", kind]]) } as unknown as Registry;
  const targets = ["a", "b"].map((name) => ({ name, kind: "hand", params: {} }));
  return { reaches: new Reaches({ registry, clock: systemClock }, targets, "/"), held: () => held };
}

test("a target is opened once and let go of once; what is asked for too late is let go of as well", async () => {
  const { reaches, held } = counted();
  assert.equal(await reaches.get("a"), await reaches.get("a"));
  assert.equal(held(), 1);
  await reaches[Symbol.asyncDispose]();
  assert.equal(held(), 0);
  await reaches.get("b");
  await new Promise(setImmediate);
  assert.equal(held(), 0);
});
