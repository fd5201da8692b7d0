import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readTogether } from "../../src/kinds/targets/framed/scripts.ts";
import { recall } from "../../src/kinds/targets/receipt/receipt.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import { done, idOf, orderOf, place, type OpenTarget } from "../kit/attempts.ts";

/** What a step was executed with, on every target. */
export function toolsSuite(name: string, open: OpenTarget): void {
  test(`${name}: a step records its interpreter and the clients it calls, with path and version; asked once per run [C-055]`, async (t) => {
    const { reach, directory } = await place(t, open);
    const own = join(directory, ".venv/bin");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "python"), `#!/bin/sh\necho asked >>"${directory}/asked"\necho "Python 3.99"\n`);
    chmodSync(join(own, "python"), 0o755);
    const script = `${own}/python --version; type psql curl || true # bash-like kubectlx`;
    const bash = { interpreter: ["bash", "-eu"] };
    const first = await done(reach, orderOf(script, bash));
    const known = new Map(first.tools?.map((tool) => [tool.name, tool]));
    assert.match(known.get("bash")!.version, /^GNU bash, version \d+\./);
    assert.match(known.get("bash")!.path, /^\/.*bash$/);
    assert.deepEqual(known.get(`${own}/python`), {
      name: `${own}/python`,
      path: join(own, "python"),
      version: "Python 3.99",
    });
    assert.ok(!known.has("kubectlx"));
    const second = await done(reach, orderOf(script, { ...bash, id: idOf(2) }));
    assert.deepEqual(second.tools, first.tools);
    // Twice by the script itself, once for its version.
    assert.equal(readFileSync(join(directory, "asked"), "utf8"), "asked\n".repeat(3));
    const found = await recall(reach, idOf(2), new AbortController().signal);
    assert.deepEqual(found.state === "ended" && found.end.tools, first.tools);
  });

  test(`${name}: so does a read in company; what tells no version is named with its path [C-055]`, async (t) => {
    const { reach } = await place(t, open);
    const ends: (AttemptEnd | undefined)[] = [];
    const read = (interpreter: readonly string[], number: number) => ({
      attempt: idOf(number),
      interpreter,
      script: "true",
      env: {},
      limitMs: 20_000,
      goesOn: false,
      hear: () => undefined,
      ended: (end: AttemptEnd | undefined) => void ends.push(end),
    });
    await readTogether(reach, [read(["bash"], 1), read(["sh", "-eu"], 2)], new AbortController().signal);
    const [bash, sh] = ends.map((end) => end?.tools?.[0]);
    assert.match(bash!.version, /^GNU bash/);
    assert.deepEqual([sh?.name, sh?.version], ["sh", ""]);
    assert.match(sh!.path, /^\//);
  });
}
