import assert from "node:assert/strict";
import { test } from "node:test";
import { Reaches } from "../src/engine/reaches.ts";
import { registry } from "../src/kinds/registry.ts";
import { WatchbookError } from "../src/model/error.ts";
import { systemClock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";

const house = { registry, clock: systemClock };
const itself = (error: unknown): boolean => error instanceof WatchbookError && error.code === "TARGET-OVER-ITSELF";

test("a target that lives on another runs its commands there, in its own folder", async (t) => {
  const root = folder(t);
  const targets = [
    { name: "host", kind: "local", params: { env: { WHERE: "host" } } },
    { name: "stack", kind: "compose", params: { directory: ".", over: "host", env: { WHOSE: "stack" } } },
  ];
  await using reaches = new Reaches(house, targets, root);
  const reach = await reaches.get("stack");
  assert.equal(reach.target, "stack");
  const { out } = await reach.exec(["sh", "-c", 'echo "$WHERE $WHOSE $PWD"']);
  assert.equal(out, `host stack ${root}\n`);
  assert.deepEqual(await reach.list("."), []);
});

test("targets that live on one another, or on none, are refused and not waited for", async (t) => {
  const targets = [
    { name: "a", kind: "systemd", params: { over: "b" } },
    { name: "b", kind: "systemd", params: { over: "a" } },
    { name: "self", kind: "compose", params: { directory: ".", over: "self" } },
  ];
  await using reaches = new Reaches(house, targets, folder(t));
  const answers = await Promise.allSettled(["a", "b", "self"].map((name) => reaches.get(name)));
  for (const answer of answers)
    assert.ok(answer.status === "rejected" && itself(answer.reason), JSON.stringify(answer));
});
