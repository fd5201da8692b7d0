// The promise: no input of 1 MB takes over 3 s or overflows. CPU time, so that the load of others does not count.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { ATTACKS } from "./kit/attacks.ts";
import { NEAR } from "./kit/near.ts";
import { flagsOf } from "./kit/wb.ts";

const MOST_MS = 3_000;

interface Took {
  readonly name: string;
  readonly ms: number;
  readonly characters: number;
}

test(
  "no megabyte keeps the compiler, a rule or the report of findings busy for over 3 s",
  { timeout: 400_000 },
  async (t) => {
    const child = spawn(
      process.execPath,
      [...flagsOf("lint"), ...NEAR, join(import.meta.dirname, "kit/attacked.ts"), String(MOST_MS)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    t.after(() => child.kill("SIGKILL"));
    const exit = once(child, "exit");
    const took: Took[] = [];
    const names = Object.keys(ATTACKS);
    let begun = "";
    // What hangs is named: it is the last that began.
    t.signal.addEventListener("abort", () => took.length < names.length && t.diagnostic(`hangs: ${begun}`));
    for await (const line of createInterface({ input: child.stdout })) {
      const told = JSON.parse(line) as Took & { readonly begins?: string };
      if (told.begins === undefined) took.push(told);
      else begun = told.begins;
    }
    assert.deepEqual(await exit, [0, null], `ended at: ${begun}`);
    assert.deepEqual(
      took.map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      took.filter(({ ms }) => ms > MOST_MS),
      [],
    );
  },
);
