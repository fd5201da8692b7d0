import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { localTarget } from "../../src/kinds/targets/local.ts";
import { perform, recall } from "../../src/kinds/targets/receipt/receipt.ts";
import type { Reach } from "../../src/model/target.ts";
import { directoryOf, done, hooksOf, idOf, orderOf } from "../kit/attempts.ts";
import { until } from "../suites/child.ts";
import { needs } from "./needs.ts";

/** A file system of one megabyte for receipts, or nothing where none can be mounted. */
async function smallDisk(
  t: TestContext,
): Promise<{ readonly reach: Reach; readonly state: string; readonly directory: string } | undefined> {
  if (!needs(t, "root", "mount")) return undefined;
  const state = mkdtempSync(join(tmpdir(), "watchbook-disk-"));
  const directory = directoryOf(t);
  let mounted = false;
  t.after(() => {
    if (mounted) execFileSync("umount", ["-l", state]);
    rmSync(state, { recursive: true, force: true });
  });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", state], { stdio: "pipe" });
  } catch (error) {
    t.skip(`no file system can be mounted here: ${String((error as { stderr?: Buffer }).stderr ?? error)}`);
    return undefined;
  }
  mounted = true;
  const params = localTarget.params.safeParse({ env: { WATCHBOOK_STATE: state } });
  assert.ok(params.success);
  const reach = await localTarget.open("web", params.data, "/");
  t.after(() => reach[Symbol.asyncDispose]());
  return { reach, state, directory };
}

/** Leaves no space at all. */
const fill = (state: string): void => {
  try {
    writeFileSync(join(state, "full"), Buffer.alloc(2 * 1_048_576));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
  }
};

test("receipts: on a full disk nothing begins", async (t) => {
  const at = await smallDisk(t);
  if (!at) return;
  fill(at.state);
  const ended = await done(at.reach, orderOf(`touch "${at.directory}/effect"`));
  assert.deepEqual([ended.ending, ended.reason], ["failed", "receipt-not-created"]);
  assert.ok(!existsSync(join(at.directory, "effect")));
  assert.deepEqual(readdirSync(at.state), ["full"]);
});

test("receipts: a disk that fills up while a command runs loses output, not the receipt", async (t) => {
  const at = await smallDisk(t);
  if (!at) return;
  const heard = { out: "", err: "" };
  const go = join(at.directory, "go");
  const script = `echo begun; until [ -e "${go}" ]; do sleep 0.02; done; head -c 3000000 /dev/zero; exit 6`;
  const running = perform(at.reach, orderOf(script), hooksOf(heard));
  await until("it began", () => heard.out === "begun\n");
  fill(at.state);
  writeFileSync(go, "");
  const ended = await running;
  assert.deepEqual([ended.ending, ended.code, ended.reason], ["failed", 6, "exit-code"]);
  assert.ok(Number(ended.args?.["more"]) > 2_000_000, JSON.stringify(ended.args));
  const found = await recall(at.reach, idOf(), new AbortController().signal);
  assert.equal(found.state === "ended" && found.end.code, 6);
  assert.ok(readFileSync(join(at.state, "full")).length > 0);
});
