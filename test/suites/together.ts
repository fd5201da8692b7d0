import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { readTogether } from "../../src/kinds/targets/framed/scripts.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import type { SharedRead } from "../../src/model/step.ts";
import { idOf, place, type OpenTarget } from "../kit/attempts.ts";
import { processesWith } from "../kit/processes.ts";
import { until } from "./child.ts";

interface Heard {
  out: string;
  err: string;
  end: AttemptEnd | undefined | "never";
}

/** Reads with what was heard of each. */
function reading(scripts: readonly (string | Partial<SharedRead>)[]) {
  const heard: Heard[] = scripts.map(() => ({ out: "", err: "", end: "never" }));
  const reads = scripts.map((given, index): SharedRead => ({
    attempt: idOf(index + 1),
    interpreter: ["sh", "-eu"],
    script: typeof given === "string" ? given : "",
    env: {},
    limitMs: 20_000,
    goesOn: false,
    hear: (chunk, stream) => void (heard[index]![stream] += Buffer.from(chunk).toString("latin1")),
    ended: (end) => void (heard[index]!.end = end),
    ...(typeof given === "string" ? {} : given),
  }));
  return { heard, reads };
}

const endings = (heard: readonly Heard[]): readonly unknown[] =>
  heard.map(({ end }) => (end === "never" ? end : end && [end.ending, end.reason ?? end.code]));

/** Several reads in one exec, on every target. */
export function togetherSuite(name: string, open: OpenTarget): void {
  const at = async (t: TestContext) => {
    const made = await place(t, open);
    let execs = 0;
    const exec: typeof made.reach.exec = (...args) => {
      execs += 1;
      return made.reach.exec(...args);
    };
    const read = (reads: readonly SharedRead[], signal = new AbortController().signal) =>
      readTogether({ exec }, reads, signal);
    return { ...made, read, execs: () => execs };
  };

  test(`${name}: reads in one exec have each their own output, end, variables and outputs, and leave nothing`, async (t) => {
    const { read, execs, directory, state } = await at(t);
    const hostile = `"; touch ${directory}/owned; '$(touch ${directory}/owned)`;
    const { heard, reads } = reading([
      "echo one; echo oops >&2; printf 'no line end'",
      { script: `printf '%s' "$A"; echo "V=$A" >>"$WB_OUTPUT"; echo "W=2" >>"$WB_OUTPUT"`, env: { A: hostile } },
      { script: "pwd; cat; umask; echo ${LC_ALL-none} ${A-unset}", cwd: directory },
      { script: "kill -9 $$", goesOn: true },
      String.raw`printf '\000\377\r\n'`,
    ]);
    await read(reads);
    assert.equal(execs(), 1);
    assert.deepEqual(endings(heard), [
      ["ok", 0],
      ["ok", 0],
      ["ok", 0],
      ["failed", "exit-code"],
      ["ok", 0],
    ]);
    assert.deepEqual([heard[0]!.out, heard[0]!.err], ["one\nno line end", "oops\n"]);
    assert.equal(heard[1]!.out, hostile);
    const { end } = heard[1]!;
    assert.deepEqual(end !== "never" && end?.outputs, { V: hostile, W: "2" });
    assert.equal(heard[2]!.out, `${directory}\n0077\nnone unset\n`);
    assert.equal(heard[4]!.out, "\0\u00ff\r\n");
    assert.ok(!existsSync(join(directory, "owned")) && !existsSync(state));
  });

  test(`${name}: a read that fails ends those that depend on it; what cannot begin says why`, async (t) => {
    const { read, directory } = await at(t);
    const { heard, reads } = reading([
      { script: "exit 3", goesOn: true },
      { script: "true", interpreter: ["no-such-shell"], goesOn: true },
      { script: "true", cwd: join(directory, "none"), goesOn: true },
      "echo before; exit 4",
      "echo never",
    ]);
    await read(reads);
    const said = [
      ["failed", "exit-code"],
      ["failed", "tool-missing"],
      ["failed", "no-directory"],
      ["failed", "exit-code"],
    ];
    assert.deepEqual(endings(heard), [...said, undefined]);
    assert.deepEqual([heard[3]!.out, heard[4]!.out], ["before\n", ""]);
  });

  test(`${name}: a read that hangs costs its own limit, and nothing of it is left; who cancels leaves nothing either`, async (t) => {
    const { read, directory } = await at(t);
    const name = `sleep 3${Math.floor(Math.random() * 1e6)}`;
    const late = reading(["echo one", { script: `echo two; ${name}`, limitMs: 400 }, "echo three"]);
    await read(late.reads);
    assert.deepEqual(endings(late.heard), [["ok", 0], ["timeout", "timeout"], undefined]);
    assert.equal(late.heard[1]!.out, "two\n");
    await until("nothing is left", () => processesWith(name).length === 0);
    const stop = new AbortController();
    const going = reading([`: >"${directory}/began"; ${name}`, "echo two"]);
    const over = read(going.reads, stop.signal);
    await until("it began", () => existsSync(join(directory, "began")));
    stop.abort();
    await over;
    assert.deepEqual(endings(going.heard), [undefined, undefined]);
    await until("nothing is left", () => processesWith(name).length === 0);
  });

  test(`${name}: an output as large as there is comes whole, and the next one after it`, async (t) => {
    const { read, directory } = await at(t);
    writeFileSync(join(directory, "large"), Buffer.alloc(3_000_000, "x\n"));
    const { heard, reads } = reading([`cat "${directory}/large"; head -c 70000 /dev/zero >>"$WB_OUTPUT"`, "echo next"]);
    await read(reads.map((each, index) => (index === 0 ? { ...each, goesOn: true } : each)));
    assert.deepEqual(endings(heard), [
      ["failed", "outputs-too-long"],
      ["ok", 0],
    ]);
    assert.deepEqual([heard[0]!.out.length, heard[1]!.out], [3_000_000, "next\n"]);
    assert.deepEqual(
      readdirSync(directory).filter((one) => one.startsWith("tmp")),
      [],
    );
  });
}
