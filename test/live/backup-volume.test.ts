// The backup kind `volume`: a volume of a real Docker engine, and the containers that write to it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBench } from "../kit/backup.ts";
import { docker, ownName, type Docker } from "../kit/docker.ts";
import { until } from "../kit/until.ts";

/** Two files that are always of one moment, unless they are read between the two writes. */
const WRITER = `cd /data; put() { echo "$i" >"$1.new" && mv "$1.new" "$1"; }
  i=0; while :; do i=$((i + 1)); put a; sleep 0.02; put b; done`;

async function writer(
  t: TestContext,
): Promise<{ docker: Docker; volume: string; name: string; env: Record<string, string> } | undefined> {
  const engine = await docker(t);
  if (!engine) return undefined;
  const [volume, name] = [ownName("volume"), ownName("writer")];
  t.after(() => {
    engine.docker("rm", "-f", name);
    engine.docker("volume", "rm", "-f", volume);
  });
  engine.docker("volume", "create", volume);
  engine.docker("run", "-d", "--name", name, "-v", `${volume}:/data`, engine.image("base"), "sh", "-c", WRITER);
  const folder = engine.docker("volume", "inspect", "-f", "{{.Mountpoint}}", volume).trim();
  await until(() => existsSync(join(folder, "b")), "it does not write");
  return { docker: engine, volume, name, env: { ...engine.env } };
}

const state = (engine: Docker, name: string): string =>
  engine.docker("inspect", "-f", "{{.State.Status}}", name).trim();

for (const still of ["pause", "stop"])
  test(`volume: copied while its container keeps still (${still}), which then goes on; it comes back apart`, async (t) => {
    const made = await writer(t);
    if (!made) return;
    const parts = [{ id: "data", kind: "volume", with: { volume: made.volume, still } }];
    const b = await backupBench(t, { parts, env: made.env });
    const taken = await b.take();
    assert.equal(taken.end, "ok", `${taken.at}: ${JSON.stringify(taken.args)}`);
    assert.equal(state(made.docker, made.name), "running");
    const back = await b.restore({}, ({ outputs }) => {
      const [first, second] = ["a", "b"].map((name) => Number(readFileSync(join(outputs["DATA_DIR"]!, name), "utf8")));
      assert.ok(first! > 0 && first! - second! <= 1, `${first} ${second}`);
    });
    assert.equal(back.end, "ok", `${back.at}: ${JSON.stringify(back.args)}`);
  });

test("volume: a copy that fails lets its container go on, and a volume that is none is said", async (t) => {
  const made = await writer(t);
  if (!made) return;
  const failing = { volume: made.volume, still: "stop", limit: 1 };
  // A lease that is over before the container has stopped: its shell does not hear the signal at once.
  const over = await (
    await backupBench(t, { parts: [{ id: "data", kind: "volume", with: failing }], env: made.env })
  ).take();
  assert.equal(over.end, "failed backup-quiesce-over");
  await until(() => state(made.docker, made.name) === "running", "it does not go on");
  const none = { volume: ownName("none") };
  const absent = await (
    await backupBench(t, { parts: [{ id: "data", kind: "volume", with: none }], env: made.env })
  ).take();
  assert.equal(absent.end, "failed backup-volume-none");
});
