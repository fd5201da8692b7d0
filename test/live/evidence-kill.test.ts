import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { removedFrom } from "../../src/evidence/inclusion.ts";
import { listEvidence } from "../../src/evidence/list.ts";
import { openLog } from "../../src/evidence/opened.ts";
import { record, recorder, trusting, verify } from "../kit/evidence.ts";
import { folder } from "../kit/folder.ts";

const kit = join(import.meta.dirname, "../kit/evidence.ts");

/** Records runs one after the other and prints each when it is recorded. */
const writer = (place: string, first: number) => `
  import { record, recorder } from ${JSON.stringify(kit)};
  const to = recorder(${JSON.stringify(place)});
  for (let n = ${first}; ; n += 1) {
    const { directory } = await record(to, "run-" + n);
    process.stdout.write(directory + "\\n");
  }`;

async function killed(place: string, first: number, after: number, delay: number): Promise<string[]> {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", writer(place, first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const directories: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    directories.push(line);
    // A few turns of the loop later: somewhere inside the next record.
    if (directories.length === after) for (let turn = 0; turn < delay; turn += 1) await new Promise(setImmediate);
    if (directories.length === after) child.kill("SIGKILL");
  }
  const [, signal] = await exited;
  assert.equal(signal, "SIGKILL");
  return directories;
}

test("kill -9 while evidence is written: every directory that is there holds and is in the log, none that was told is lost", async (t) => {
  const place = folder(t);
  const to = recorder(place);
  const told: string[] = [];
  for (let round = 0; round < 6; round += 1)
    told.push(...(await killed(place, round * 1000, 1 + ((round * 5) % 7), round * 40)));
  await record(to, "run-last");
  const there = listEvidence(to.root);
  assert.deepEqual(
    told.filter((directory) => !there.includes(directory)),
    [],
  );
  for (const directory of there) assert.equal(verify(to, directory).verdict, "pass", directory);
  const log = openLog(to.root, trusting(to).trust.signers)!;
  assert.deepEqual(removedFrom(to.root, log.size), []);
  assert.equal(log.size, there.length);
});
