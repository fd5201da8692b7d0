import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openStore } from "../../src/store/sqlite.ts";
import { until } from "./until.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";
import { disk } from "../live/disk.ts";
import { needs } from "../live/needs.ts";
import { count } from "./count.ts";
import { localPlace, targetAt } from "./place.ts";
import { counted } from "./plan.ts";
import { startSubject } from "./process.ts";
import type { Said } from "./subject.ts";

test("on a full disk no step begins without its intent; with space again the run goes on and nothing is repeated", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "2m");
  const place = localPlace(folder(t), "local");
  const said: Said[] = [];
  const first = startSubject(data, (one) => said.push(one));
  t.after(() => first.send("SIGKILL"));
  const steps = Array.from({ length: 24 }, (_, n) => ({
    id: `s${n}`,
    risk: "destructive" as const,
    params: counted(":"),
  }));
  const plan = planOf({ steps, targets: [targetAt(place, "x")] });
  first.tell({ do: "create", plan, reason: "r" });
  await until("it is on its way", () => place.lines().length > 4);
  const filler = join(data, "filler");
  execFileSync("sh", ["-c", `head -c 10m /dev/zero >${filler} 2>/dev/null || true`]);
  const broken = await until("the disk refused", () => said.find(({ say }) => say === "broken"));
  assert.equal(broken.say === "broken" && broken.code, "STORE-FULL");
  const { run } = said.find((one) => one.say === "run")!;
  await until("what had begun is over", () => !place.runs(run, place.lines().at(-1)!.split(" ")[2]!));
  const begun = place.lines().filter((line) => line.startsWith("begin"));
  first.send("SIGKILL");
  await first.gone;
  rmSync(filler);
  await (async () => {
    await using store = await openStore(join(data, "state.db"));
    const intents = (await store.journal({ run })).filter(({ entry }) => entry.type === "intent");
    assert.ok(begun.length <= intents.length, `${begun.length} begun, ${intents.length} intents`);
    assert.ok(begun.length < 24);
  })();
  const second = startSubject(data, (one) => said.push(one));
  t.after(() => second.send("SIGKILL"));
  await until("it ends", () => said.some((one) => one.say === "run" && one.state === "done"));
  second.send("SIGKILL");
  await second.gone;
  const lines = new Map([["local", place.lines()]]);
  const { wrongs } = count({ runs: [{ run, plan, state: "done" }], lines, redone: new Set() });
  assert.deepEqual(wrongs, []);
});
