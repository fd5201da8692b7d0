// The example's parts: node stack.ts up|down|remove|status --dir DIR [--from PORT]. One JSON document on standard output.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { call, keep, running, wantedOf } from "./copies.ts";
import { Failure, told } from "./failure.ts";
import { startPair, stopPair } from "./pair.ts";
import { configOf, dataOf, knownPlace, makePlace, MEMBERS, whereOf, type Place } from "./place.ts";
import { demand, runs } from "./postgres.ts";
import { until } from "./process.ts";

const FROM = 5541;

const isWell = async (port: number): Promise<boolean> => (await call(port, "/health"))?.body["status"] === "healthy";

/** One line for each server and each copy. */
async function status(place: Place) {
  const servers = MEMBERS.map((name) => {
    const state = runs(dataOf(place, name)) ? "running" : "stopped";
    return { name, pid: null, port: place[name], healthPort: place[name], status: state };
  });
  const apps = place.apps.map(async (port, index) => {
    const state = !running(place).includes(port) ? "stopped" : (await isWell(port)) ? "healthy" : "degraded";
    return { name: `app-${index + 1}`, pid: null, port, healthPort: port, status: state };
  });
  return { nodes: [...servers, ...(await Promise.all(apps))] };
}

/** Starts what does not run, and waits until the application can write. */
async function up(dir: string, from: number) {
  demand("psql");
  const place = await makePlace(dir, from);
  await startPair(place);
  if (!existsSync(configOf(place))) writeFileSync(configOf(place), JSON.stringify(whereOf(place, "pg1")));
  const { replicas } = wantedOf(place);
  await keep(place, replicas);
  for (const port of place.apps.slice(0, replicas))
    await until(`the application on ${port} is healthy`, 30, () => isWell(port));
  return await status(place);
}

async function down(place: Place): Promise<void> {
  await keep(place, 0);
  stopPair(place);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: "string" }, from: { type: "string" }, lang: { type: "string" } },
  });
  const [verb] = positionals;
  if (values.dir === undefined) throw new Failure("no-dir", { use: "up|down|remove|status --dir DIR" }, 2);
  const dir = resolve(values.dir);
  const from = Number(values.from ?? FROM);
  if (!Number.isInteger(from) || from < 1024 || from > 65_000) throw new Failure("no-port", { from: values.from }, 2);
  if (verb === "up") return await up(dir, from);
  const place = knownPlace(dir);
  if (verb === "status") return place ? await status(place) : { nodes: [] };
  if (verb !== "down" && verb !== "remove") throw new Failure("no-verb", { verb, use: "up, down, remove, status" }, 2);
  if (place) await down(place);
  // The servers' data: everything else lies in the work directory.
  if (place && verb === "remove") rmSync(place.room, { recursive: true, force: true });
  return { nodes: [] };
}

await told(main);
