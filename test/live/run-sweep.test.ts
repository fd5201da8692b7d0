// Receipts of a run on hosts that are reached, and in a container: there while the run may need them, gone when it ended.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { registry } from "../../src/kinds/registry.ts";
import type { PlanTarget } from "../../src/model/plan.ts";
import { until } from "../kit/daemon.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";
import { bench, type Bench } from "../kit/runner.ts";
import { sshd } from "../kit/sshd.ts";
import { insideReach, systemdHost } from "../kit/systemd.ts";
import { needs } from "./needs.ts";

/** What can be asked of a target behind the engine's back. */
interface There {
  readonly target: PlanTarget;
  /** Names in the folder of receipts. */
  runs(): readonly string[];
  effects(): readonly string[];
  /** Lets the step that waits go on. */
  go(): void;
}

const SCRIPT = `echo begin >>"$PLACE/effects"; until [ -e "$PLACE/go" ]; do sleep 0.1; done; echo end >>"$PLACE/effects"`;

/** A run is left in the middle, finds its own again, ends, and leaves nothing. */
async function lived(made: Bench, there: There): Promise<void> {
  const plan = planOf({ steps: [{ id: "one", params: { script: SCRIPT } }], targets: [there.target] });
  const { id } = await made.runner.create(plan, { by: "lin", reason: "" });
  await until("it has begun", () => there.effects().length === 1);
  await made.runner.stop();
  assert.deepEqual(there.runs(), [id]);
  const next = await made.restart();
  there.go();
  assert.equal((await next.settled(id)).record.state, "done");
  assert.deepEqual(there.effects(), ["begin", "end"]);
  await until("it is swept", async () => (await made.store.value("run.marks")) === undefined);
  assert.deepEqual(there.runs(), []);
}

const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");
const target = (kind: string, params: unknown, place: string): PlanTarget => ({
  name: "far",
  kind,
  params,
  lock: "far/service",
  env: { PLACE: place },
});

async function overSsh(t: TestContext, driver: "openssh" | "ssh2"): Promise<void> {
  if (!needs(t, "sshd", "ssh", "ssh-keygen")) return;
  const server = await sshd({ after: (work) => t.after(() => work()) });
  const made = await bench(t, { root: server.root });
  const place = folder(t);
  const state = join(place, "receipts");
  const params = { ...server.params, driver, env: { WATCHBOOK_STATE: state } };
  await lived(made, {
    target: target("ssh", params, place),
    runs: () => (existsSync(state) ? readdirSync(state) : []),
    effects: () => (existsSync(join(place, "effects")) ? lines(readFileSync(join(place, "effects"), "utf8")) : []),
    go: () => writeFileSync(join(place, "go"), ""),
  });
}

for (const driver of ["openssh", "ssh2"] as const)
  test(`a run over ${driver} leaves nothing on its host when it has ended`, (t) => overSsh(t, driver));

test("a run in a container leaves nothing there when it has ended", async (t) => {
  const host = await systemdHost(t);
  if (!host) return;
  const made = await bench(t);
  const inside = {
    ...registry.targets.get("local")!,
    kind: "inside",
    open: () => insideReach(host.docker, host.container),
  };
  Object.assign(made.house, { registry: { ...registry, targets: new Map([...registry.targets, ["inside", inside]]) } });
  host.run("mkdir", "-p", "/srv/place");
  await lived(made, {
    target: { ...target("inside", {}, "/srv/place"), name: "inside" },
    // Where root's receipts lie when nobody says otherwise.
    runs: () => lines(host.run("sh", "-c", "ls /var/lib/watchbook/receipts 2>/dev/null || true")),
    effects: () => lines(host.run("sh", "-c", "cat /srv/place/effects 2>/dev/null || true")),
    go: () => void host.run("touch", "/srv/place/go"),
  });
});
