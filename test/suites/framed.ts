import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gather } from "../../src/kinds/targets/framed/gather.ts";
import { readAll } from "../../src/kinds/targets/framed/read-all.ts";
import { place, type OpenTarget } from "../kit/attempts.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "./child.ts";

/** Many reads over one exec, on every target. */
export function framedSuite(name: string, open: OpenTarget): void {
  test(`${name}: reads that share one exec are answered one by one`, async (t) => {
    const { reach } = await place(t, open);
    let execs = 0;
    const counting = {
      ...reach,
      exec: (...args: Parameters<typeof reach.exec>) => ((execs += 1), reach.exec(...args)),
    };
    const answers = await readAll(counting, [
      { argv: ["printf", "%s|", "a b", "$(id)", "'", "中文"] },
      { argv: ["sh", "-c", "echo half; printf err >&2; exit 3"] },
      { argv: ["no-such-program"] },
      { argv: ["/etc/passwd"] },
      { argv: ["sh", "-c", "kill -9 $$"] },
      { argv: ["sh", "-c", "head -c 100000 /dev/zero; cat"], maxBytes: 10 },
      { argv: ["echo", "last"] },
    ]);
    assert.deepEqual(
      answers.map(({ end }) => (end.kind === "exit" ? end.code : end.kind === "spawn" ? end.reason : end.kind)),
      [0, 3, "not-found", "no-permission", "signal", 0, 0],
    );
    assert.deepEqual([answers[0]!.out, answers[1]!.out, answers[1]!.err], ["a b|$(id)|'|中文|", "half\n", "err"]);
    assert.deepEqual([answers[5]!.out.length, answers[5]!.bytes.out, answers[5]!.truncated], [10, 100_000, true]);
    assert.deepEqual([answers[6]!.out, answers[4]!.out, execs], ["last\n", "", 1]);
    assert.ok(answers.every(({ seconds = -1 }) => seconds >= 0));
  });

  test(
    `${name}: a read that hangs costs its own limit, and those behind it are answered`,
    { timeout: 60_000 },
    async (t) => {
      const { reach } = await place(t, open);
      const tag = `hangs-${name}-${process.pid}`;
      const answers = await readAll(reach, [
        { argv: ["echo", "before"] },
        { argv: ["sh", "-c", `: ${tag}; echo some; sleep 300; :`], timeoutMs: 1_500 },
        { argv: ["echo", "behind"] },
      ]);
      assert.deepEqual(
        answers.map(({ end }) => end.kind),
        ["exit", "timeout", "exit"],
      );
      assert.deepEqual(
        answers.map(({ out }) => out),
        ["before\n", "some\n", "behind\n"],
      );
      await until("it has ended", () => processesWith(tag).length === 0);
    },
  );

  test(`${name}: reads that are called off end, and say so`, { timeout: 60_000 }, async (t) => {
    const { reach, directory } = await place(t, open);
    const [tag, stop] = [`off-${name}-${process.pid}`, new AbortController()];
    const reading = readAll(
      reach,
      [
        { argv: ["true"] },
        { argv: ["sh", "-c", `: ${tag}; touch "${directory}/runs"; sleep 300; :`], timeoutMs: 50_000 },
        { argv: ["true"] },
      ],
      stop,
    );
    await until("it runs", () => existsSync(join(directory, "runs")));
    stop.abort();
    const [first, ...rest] = (await reading).map(({ end }) => end.kind);
    // Its answer may have been on its way.
    assert.ok(first === "exit" || first === "aborted", first);
    assert.deepEqual(rest, ["aborted", "aborted"]);
    await until("it has ended", () => processesWith(tag).length === 0);
  });

  test(`${name}: reads asked for at once share an exec, byte for byte; one that hangs is asked again alone`, async (t) => {
    const { reach } = await place(t, open);
    const asked: number[] = [];
    const counting = {
      target: reach.target,
      exec: (...args: Parameters<typeof reach.exec>) => (asked.push(1), reach.exec(...args)),
    };
    const alone: string[] = [];
    const read = gather(counting, async (argv, limits) => {
      alone.push(argv.at(-1)!);
      const { out, err, ...rest } = await reach.exec(argv, limits);
      return { ...rest, out: Buffer.from(out), err: Buffer.from(err) };
    });
    const limits = { timeoutMs: 2_500, maxBytes: 1_000 };
    const bytes = String.raw`printf '\000\377\n\r%s' `;
    const order: string[] = [];
    const hangs = read(["sh", "-c", "sleep 300", "hangs"], limits).finally(() => order.push("hangs"));
    const others = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => (await read(["sh", "-c", `${bytes}${at}`], limits)).out),
    );
    order.push("others");
    assert.deepEqual(
      others.map((out) => out.toString("latin1")),
      Array.from({ length: 12 }, (_, at) => `\0\u00ff\n\r${at}`),
    );
    assert.deepEqual(
      [(await hangs).end, order, alone],
      [{ kind: "timeout", ms: 2_500 }, ["others", "hangs"], ["hangs"]],
    );
    // All of them, and those behind the one that hung.
    assert.equal(asked.length, 2);
    assert.equal((await read(["echo", "one"], limits)).out.toString(), "one\n");
    assert.deepEqual(alone, ["hangs", "one"]);
  });
}
