import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { recall } from "../../src/kinds/targets/receipt/receipt.ts";
import { folderOf } from "../../src/kinds/targets/receipt/folder.ts";
import { done, idOf, orderOf, place, type OpenTarget } from "../kit/attempts.ts";
import { processesWith } from "../kit/processes.ts";
import { child, until } from "./child.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** Bytes of output between two looks at the memory. */
const SAMPLE = 16 * 1_048_576;
/** Cancels that must leave nothing behind. */
const CANCELS = 100;
const never = new AbortController().signal;

/** The text of a script that keeps several processes busy, all of which a name of the test's own finds. */
const busy = (name: string): string =>
  `: ${name}; sh -c ': ${name}; sleep 300; :' & setsid sh -c ': ${name}; sleep 300; :' & echo up; wait`;

/** What every target must bear: floods, cancels, many at once, and a client that is killed. `program`: code that opens the same target. */
export function targetSuite(
  name: string,
  open: OpenTarget,
  program: (env: Readonly<Record<string, string>>) => string,
): void {
  test(`${name}: ${CANCELS} cancelled commands leave no process`, { timeout: 600_000 }, async (t) => {
    const { reach } = await place(t, open);
    const tag = `cancel-${name}-${process.pid}`;
    const one = async (): Promise<void> => {
      const stop = new AbortController();
      let up = false;
      const running = reach.exec(["sh", "-c", busy(tag)], {
        signal: stop.signal,
        timeoutMs: 120_000,
        onOutput: () => (up = true),
      });
      await until("it runs", () => up);
      stop.abort();
      assert.deepEqual((await running).end, { kind: "aborted" });
    };
    for (let round = 0; round < CANCELS / 4; round += 1) await Promise.all([one(), one(), one(), one()]);
    await until("nothing is left", () => processesWith(tag).length === 0);
  });

  test(`${name}: a gigabyte of output is counted and costs no memory`, { timeout: 300_000 }, async (t) => {
    const { reach } = await place(t, open);
    // What a busy collector has not come to yet is not held: it is made to come.
    collect();
    const before = process.memoryUsage.rss();
    let [bytes, most, next] = [0, 0, SAMPLE];
    const flood = await reach.exec(["sh", "-c", "head -c 1073741824 /dev/zero; exit 5"], {
      timeoutMs: 240_000,
      maxBytes: 1_000,
      onOutput: (chunk) => {
        bytes += chunk.length;
        if (bytes < next) return;
        next += SAMPLE;
        collect();
        most = Math.max(most, process.memoryUsage.rss());
      },
    });
    assert.deepEqual(
      [flood.end, bytes, flood.out.length, flood.truncated],
      [{ kind: "exit", code: 5 }, 2 ** 30, 1_000, true],
    );
    assert.ok(most - before < 100 * 1_048_576, `${Math.round((most - before) / 1_048_576)} MB more`);
  });

  test(`${name}: twenty commands at once each get their own answer`, { timeout: 120_000 }, async (t) => {
    const { reach } = await place(t, open);
    const asked = Array.from({ length: 20 }, (_, at) => at);
    const got = await Promise.all(
      asked.map((at) => reach.exec(["sh", "-c", `echo ${at}; echo e${at} >&2; exit ${at}`], { timeoutMs: 100_000 })),
    );
    assert.deepEqual(
      got.map(({ end, out, err }) => [end, out, err]),
      asked.map((at) => [{ kind: "exit", code: at }, `${at}\n`, `e${at}\n`]),
    );
  });

  test(`${name}: output without an end of line, and bytes of any kind, come through`, async (t) => {
    const { reach } = await place(t, open);
    const chunks: Buffer[] = [];
    const binary = String.raw`for i in 0 1 2 3; do printf '\000\001\377\n\r'; done; printf half`;
    await reach.exec(["sh", "-c", binary], { onOutput: (chunk) => chunks.push(Buffer.from(chunk)) });
    assert.equal(Buffer.concat(chunks).toString("latin1"), `${"\0\u0001\u00ff\n\r".repeat(4)}half`);
  });

  test(`${name}: a client that is killed ends its reads; its write goes on, once`, { timeout: 120_000 }, async (t) => {
    const at = await place(t, open);
    const env = { WATCHBOOK_STATE: at.state };
    const [go, effect, tag] = [join(at.directory, "go"), join(at.directory, "effect"), `killed-${name}-${process.pid}`];
    const order = orderOf(`echo one; echo x >>"${effect}"; until [ -e "${go}" ]; do sleep 0.05; done; echo two`);
    const client = await child(
      t,
      process.execPath,
      "--input-type=module",
      "-e",
      `${program(env)}
       import { perform } from "${import.meta.resolve("../../src/kinds/targets/receipt/receipt.ts")}";
       import { systemClock } from "${import.meta.resolve("../../src/model/time.ts")}";
       reach.exec(["sh", "-c", ${JSON.stringify(busy(tag))}], { timeoutMs: 120_000 });
       perform(reach, ${JSON.stringify(order)}, { clock: systemClock, signal: new AbortController().signal, log: () => undefined });`,
    );
    await until("both run", () => existsSync(effect) && processesWith(tag).length >= 3);
    client.kill("SIGKILL");
    await until("the read has ended", () => processesWith(tag).length === 0);
    assert.deepEqual(await recall(at.reach, idOf(), never), { state: "running" });
    const attached = done(at.reach, order);
    await at.reach.exec(["touch", go]);
    const ended = await attached;
    assert.deepEqual([ended.ending, ended.out, readFileSync(effect, "utf8")], ["ok", "one\ntwo\n", "x\n"]);
    // What kept the receipt ends behind the answer, which it has given by then.
    await until("nothing of it is left", () => processesWith(join(at.state, folderOf(idOf()))).length === 0);
  });
}
