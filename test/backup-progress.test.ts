// A copy that takes long says how far it is.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock, type Clock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";
import { until } from "./kit/until.ts";
import { done, place, said } from "./suites/step-context.ts";

/** Half a minute is over at once. */
const hasty: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };

/** Takes a copy of a folder whose writer is let go on only when the test says so. */
async function held(t: TestContext, kind: string) {
  const [here, path] = [await place(t), folder(t)];
  writeFileSync(join(path, "big"), Buffer.alloc(300_000, "x"));
  const [go, into] = [join(here.root, "go"), join(here.root, "sets")];
  const part = { part: "files", kind, with: { path, quiesce: quiet(go) } };
  const set = { set: "shop", into, sudo: false };
  mkdirSync(join(into, "shop", ".taking-run-1"), { recursive: true });
  const taking = done("backup-take", { ...set, ...part }, here.context({ clock: hasty }));
  const figures = (): readonly number[] => [...here.printed().matchAll(/"bytes":(\d+)/g)].map(([, one]) => Number(one));
  return { taking, figures, go: () => writeFileSync(go, ""), printed: () => here.printed() };
}

/** The copy lies there when its writer is to go on. */
const quiet = (go: string) => ({ before: "true", after: `until [ -e '${go}' ]; do sleep 0.05; done`, limit: 60 });

test("what has been copied so far is said while it goes on", async (t) => {
  const { taking, figures, go, printed } = await held(t, "files");
  await until(() => figures().some((bytes) => bytes >= 300_000), "it says nothing");
  assert.match(printed(), /^\{"part":"files","bytes":\d+\}$/m);
  go();
  assert.equal(said(await taking), "ok");
});
