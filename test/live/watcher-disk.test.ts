// A disk that is really full: the reserve is given up, so that it can be recorded and told; it is taken again later.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../src/model/time.ts";
import { bookFolder, serving, until } from "../kit/daemon.ts";
import { receiver } from "../kit/receiver.ts";
import { disk } from "./disk.ts";
import { needs } from "./needs.ts";

test("the disk of watchbook fills up: it is told and kept, alerts too, values are not; the reserve comes back with the room", async (t) => {
  if (!needs(t, "root", "mount", "umount")) return;
  const data = disk(t, "12m");
  const hook = await receiver(t);
  const root = bookFolder(t, {
    "watchbook.yaml": `title: Beacon
lang: en
checks: { beacon: { kind: file, title: Beacon file, params: { path: beacon } } }
rules: { gone: { check: beacon, severity: P1 } }
severities: { P1: { scale: alert, channels: [hook] } }
watcher: { reserve: 2 }
channels: { hook: { kind: webhook, url: "${hook.url}", allow: ["127.0.0.1"] } }
`,
  });
  const every = { checks: 200, book: 1_000, calendar: 200, alerts: 100, watcher: 100 };
  const { daemon } = await serving(t, root, { every, data, clock: systemClock });
  const reserve = () => statSync(join(data, "reserve"), { throwIfNoEntry: false })?.size;
  await until("the reserve", () => reserve() === 2 << 20);
  const filler = join(data, "filler");
  execFileSync("sh", ["-c", 'head -c 20m /dev/zero > "$0" 2>/dev/null || true', filler]);
  await until("that it is given up", () => reserve() === 0);
  // What was refused before there was room again is none of it.
  await until("that the store takes what is written", () => daemon.pulse.refused() === undefined);
  rmSync(join(root, "beacon"));
  await until("both notices", () => hook.got.filter(({ event }) => event === "fire").length >= 2);
  const titles = hook.got.map(({ title }) => title).toSorted();
  assert.match(titles.join("\n"), /\[P1\] Beacon file · local\n\[P1\] Watchbook’s own disk is full · /);
  const kept = await until("that both are kept", async () => {
    const alerts = await daemon.house.store.desk("alert", { open: true });
    return alerts.length === 2 && alerts;
  });
  assert.deepEqual(kept.map(({ form }) => form).toSorted(), ["compare", "own-disk"]);
  rmSync(filler);
  await until("that it is over", () =>
    hook.got.some(({ event, title }) => event === "resolve" && /own disk/.test(title)),
  );
  assert.equal(reserve(), 2 << 20);
});
