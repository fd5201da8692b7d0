// The example's parts: node stack.ts up|down|remove|status --dir DIR [--from PORT]. One JSON document on standard output.
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { call, isUp, startApps, stopApp } from "./application.ts";
import { Failure, told } from "./failure.ts";
import { dataOf, ENVIRONMENTS, homeOf, knownPlace, makePlace, type Environment, type Place } from "./place.ts";
import { demand, owner, runs, stopServer } from "./postgres.ts";
import { end, ours, until } from "./process.ts";
import { nginxConfig, nginxPid, startDatabase, startNginx } from "./server.ts";

const FROM = 8065;
const LOGINS = ["lin", "zhou"];

const isWell = async (port: number): Promise<boolean> => (await call(port, "/health"))?.body["status"] === "healthy";

async function status(place: Place) {
  const line = (name: string, port: number, state: string) => ({
    name,
    pid: null,
    port,
    healthPort: port,
    status: state,
  });
  const nginx = ours(nginxPid(place), nginxConfig(place)) === undefined ? "stopped" : "running";
  const apps = ENVIRONMENTS.map(async (name: Environment) => {
    const state = !isUp(place, name) ? "stopped" : (await isWell(place[name])) ? "healthy" : "degraded";
    return line(name, place[name], state);
  });
  return {
    nodes: [
      line("nginx", place.http, nginx),
      line("nginx-tls", place.https, nginx),
      line("database", place.database, runs(dataOf(place)) ? "running" : "stopped"),
      ...(await Promise.all(apps)),
    ],
  };
}

/** A few posts, the first with a file: somebody has been here before. */
async function furnish(place: Place): Promise<void> {
  for (const environment of ENVIRONMENTS) {
    const port = place[environment];
    if (Number((await call(port, "/health"))?.body["posts"]) > 0) continue;
    for (const [turn, login] of [...LOGINS, ...LOGINS].entries()) {
      const file = turn < 2 ? { file: Buffer.from(`${environment} ${turn}\n`.repeat(200)).toString("base64") } : {};
      const made = await call(port, "/api/posts", { login, said: `Post ${turn}`, ...file });
      if (made?.status !== 201) throw new Failure("not-furnished", { environment, said: made?.body ?? "nothing" }, 4);
    }
  }
}

/** Starts what does not run, and waits until both environments answer. */
async function up(dir: string, from: number) {
  demand("psql", "nginx", "openssl");
  const place = await makePlace(dir, from);
  await startDatabase(place);
  await startApps(place);
  for (const environment of ENVIRONMENTS)
    await until(`${environment} is healthy`, 30, () => isWell(place[environment]));
  await startNginx(place);
  await furnish(place);
  return await status(place);
}

async function down(place: Place): Promise<void> {
  await end(nginxPid(place), nginxConfig(place));
  for (const environment of ENVIRONMENTS) await stopApp(homeOf(place, environment));
  stopServer(owner(), dataOf(place));
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
  // The database and the sets: everything else lies in the work directory.
  if (place && verb === "remove") rmSync(place.room, { recursive: true, force: true });
  return { nodes: [] };
}

await told(main);
