// The digest covers what a run does, and nothing else.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import * as fc from "fast-check";
import { openBook } from "../src/book/open.ts";
import { differences } from "../src/engine/plan/differences.ts";
import type { Plan } from "../src/model/plan.ts";
import { DATA, gateway, MANUAL } from "./kit/gateway.ts";
import { bookOf, planned, writeTo } from "./kit/planning.ts";

const SPEC = `  SOP-01:
    params: { version: { pattern: '[0-9.]+' } }
    steps: { gw-restart: { retry: { times: 2 }, idempotent: true } }
    add: { warm: { after: gw-restart, kind: script, with: { file: scripts/warm.sh } } }
`;
const FILES: Readonly<Record<string, string>> = {
  ...gateway(SPEC),
  "scripts/warm.sh": "#!/bin/sh\ncurl -fsS http://127.0.0.1:8080/warm\n",
};
const ASK = { runbook: "SOP-01", params: { version: "1.2.3" } };

/** The plan of the book with these files changed. */
async function after(
  t: Pick<TestContext, "after">,
  changes: Readonly<Record<string, string>>,
  ask = ASK,
): Promise<Plan> {
  const { root } = await bookOf(t, FILES);
  writeTo(root, changes);
  return planned(await openBook(root, { zone: "UTC" }), ask);
}

const INSERTS = [
  "",
  "\n",
  "\n\nA remark.\n",
  "\n## Contacts\n\n- Ana\n",
  "\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
  "\n- [ ] Look at the disk\n",
];

test("edits elsewhere, shifted lines and new reports do not change it", async (t) => {
  const then = await after(t, {});
  assert.deepEqual(then.missing, []);
  const edit = fc.record({
    above: fc.constantFrom(...INSERTS),
    below: fc.constantFrom(...INSERTS),
    between: fc.constantFrom("", "\n\n", "\n<!-- a comment -->\n\n"),
    other: fc.constantFrom("", "# Notes\n\nWords.\n", "# Daily\n\n## Daily inspection\n\n- [ ] Look\n"),
    report: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(edit, async ({ above, below, between, other, report }) => {
      const manual =
        MANUAL.replace("# Gateway\n", `# Gateway\n${above}`).replace("1. Look\n", `${between}1. Look\n`) + below;
      const now = await after(t, {
        "gateway.md": manual,
        ...(other !== "" && { "notes.md": other }),
        ...(report && { "reports/daily-20260101.md": "# Report\n\nFine.\n" }),
      });
      assert.deepEqual(differences(then, now), []);
      assert.equal(now.digest, then.digest);
    }),
    { numRuns: 25, seed: 11 },
  );
});

test("whatever the run does differently changes it, and is named", async (t) => {
  const then = await after(t, {});
  const yaml = FILES["watchbook.yaml"]!;
  const changed = async (
    changes: Readonly<Record<string, string>>,
    wanted: readonly string[],
    ask = ASK,
  ): Promise<void> => {
    const now = await after(t, changes, ask);
    assert.notEqual(now.digest, then.digest);
    assert.deepEqual(differences(then, now), wanted);
    assert.deepEqual(differences(then, then), []);
  };
  await changed({ "gateway.md": MANUAL.replace("sudo systemctl restart gateway", "sudo systemctl restart gatewayd") }, [
    "gw-restart (command, params)",
  ]);
  await changed({ "gateway.md": MANUAL.replace("releases/previous", "releases/last") }, [
    "gw-previous (command, params)",
  ]);
  await changed({ "scripts/warm.sh": "#!/bin/sh\n" }, ["file scripts/warm.sh (sha256)"]);
  await changed({ "watchbook.yaml": yaml.replace("host: gw2", "host: gw9") }, ["target gw-2 (params)"]);
  await changed({ "watchbook.yaml": yaml.replace("  gw-3: { kind: ssh, host: gw3, environment: prod }\n", "") }, [
    "batches",
    "-target gw-3",
  ]);
  await changed({ "watchbook.yaml": yaml.replace("times: 2", "times: 3") }, ["gw-restart (retry)"]);
  await changed({ "watchbook.yaml": yaml.replace("guarded", "auto") }, [
    "automation",
    "gate",
    "gw-restart (onFail)",
    "warm (onFail)",
  ]);
  await changed({}, ["param WB_VERSION (value)"], { ...ASK, params: { version: "1.2.4" } });
});

test("a change between the plan and its execution is seen from the request alone", async (t) => {
  const open = await bookOf(t, FILES);
  const then = await planned(open, ASK);
  writeFileSync(join(open.root, "gateway.md"), MANUAL.replace("-fsSo /srv", "-fsSLo /srv"));
  const now = await planned(await openBook(open.root), then.request);
  assert.deepEqual(differences(then, now), ["gw-fetch (command, params)"]);
});

test("the file of a script that a command runs is bound, what it writes is not", async (t) => {
  const manual =
    '# G\n\n## SOP-01: Roll\n\n```bash {"name":"roll","wb-risk":"write"}\nbash ops/roll.sh --config ops/sim.yaml --output-file out/result.txt > out/log.txt\n```\n';
  const files = {
    "g.md": manual,
    "watchbook.yaml": DATA,
    "ops/roll.sh": "a",
    "ops/sim.yaml": "b",
    "out/result.txt": "c",
    "out/log.txt": "d",
  };
  const plan = await planned(await bookOf(t, files), { runbook: "SOP-01" });
  assert.deepEqual(
    plan.files.map(({ path }) => path),
    ["ops/roll.sh", "ops/sim.yaml"],
  );
});
