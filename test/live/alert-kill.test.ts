// kill -9 of a daemon while an alert is open: the next one does not tell it again, and tells its end.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { bookFolder, until } from "../kit/daemon.ts";
import { NEAR } from "../kit/near.ts";
import { receiver } from "../kit/receiver.ts";

const program = join(import.meta.dirname, "../kit/fast-daemon.ts");

test("a daemon that dies three times in ten minutes tells that itself; one that is stopped does not count", async (t) => {
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Shop
lang: en
zone: UTC
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  let child: ChildProcess | undefined;
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  t.after(() => end("SIGKILL"));
  const start = async (): Promise<void> => {
    const now = String(systemClock.wall());
    child = spawn(process.execPath, [...NEAR, program, root, now, now, "1"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout!, "data");
  };
  for (const signal of ["SIGKILL", "SIGTERM", "SIGKILL", "SIGTERM"] as const) {
    await start();
    await end(signal);
  }
  await start();
  await end("SIGKILL");
  assert.equal(hook.got.length, 0);
  await start();
  await until("the notice", () => hook.got.length > 0);
  assert.equal(hook.got[0]!.title.replace(/ · .*/, ""), "[critical] Watchbook dies again and again");
});

test("a daemon is killed outright again and again: one beginning, one end, whatever came between", async (t) => {
  const target = await receiver(t);
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Shop
lang: en
zone: UTC
checks: { front: { kind: http, title: Front, params: { url: "${target.url}" } } }
rules: { down: { check: front, severity: P1 } }
severities: { P1: { scale: alert } }
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  t.after(kill);
  const start = async (): Promise<void> => {
    const now = String(systemClock.wall());
    child = spawn(process.execPath, [...NEAR, program, root, now, now, "1"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout!, "data");
  };
  await start();
  target.state.status = 503;
  await until("the notice", () => hook.got.length > 0);
  // Killed as soon as it was told, perhaps before it could keep that: then the same notice may come again, with its id.
  await kill();
  await start();
  await kill();
  await start();
  target.state.status = 200;
  await until("the end", () => hook.events().includes("resolve"));
  const unique = new Map(hook.got.map(({ id, event }) => [id, event]));
  assert.deepEqual([...unique.values()], ["fire", "resolve"]);
  assert.equal(new Set(hook.got.map(({ group }) => group)).size, 1);
});
