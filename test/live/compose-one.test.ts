// Compose 1 as Debian 12 has it, a program of its own, on a host without the plugin.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { composeTarget } from "../../src/kinds/targets/compose.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { folder } from "../kit/folder.ts";
import { driverOf } from "../suites/driver.ts";
import { done, place, said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

/** A project's folder, and an environment in which the docker CLI finds no plugin. */
function project(t: TestContext): { readonly directory: string; readonly env: Record<string, string> } | undefined {
  if (!needs(t, "docker", "docker-compose")) return undefined;
  const version = execFileSync("docker-compose", ["version", "--short"], { encoding: "utf8" }).trim();
  if (!version.startsWith("1.")) {
    t.skip(`docker-compose is ${version} here`);
    return undefined;
  }
  const directory = folder(t);
  writeFileSync(join(directory, "compose.yaml"), "services:\n  web:\n    image: nothing\n");
  mkdirSync(join(directory, "config"));
  return { directory, env: { DOCKER_CONFIG: join(directory, "config") } };
}

test("a host that has only Compose 1 is refused with the version that is needed, whatever is asked", async (t) => {
  const made = project(t);
  if (!made) return;
  const params = composeTarget.params.safeParse(made);
  assert.ok(params.success);
  const reach = await composeTarget.open("stack", params.data);
  t.after(() => reach[Symbol.asyncDispose]());
  const [driver, signal] = [driverOf(reach), AbortSignal.timeout(60_000)];
  const old = (error: unknown): boolean => {
    assert.ok(error instanceof WatchbookError, String(error));
    assert.equal(error.code, "COMPOSE-OLD");
    assert.deepEqual([error.args["target"], String(error.args["version"]).slice(0, 2)], ["stack", "1."]);
    return true;
  };
  await assert.rejects(driver.observe(undefined, signal), old);
  await assert.rejects(driver.plan([{ name: "web", restart: true }], signal), old);
  await assert.rejects(driver.health(["web"], signal), old);
});

test("bad-image is not injected with Compose 1: nothing is removed for a fault that could not be undone", async (t) => {
  const made = project(t);
  if (!made) return;
  const here = await place(t, made.env);
  const compose = { directory: made.directory, service: "web" };
  const end = await done("fault", { fault: "bad-image", with: { compose } }, here.context());
  assert.equal(said(end), "failed tool-missing");
});
