import { randomInt } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, startApp, stopApp } from "../copies.ts";
import { Failure } from "../failure.ts";
import { ADMIN, DATABASE } from "../place.ts";
import { freePort } from "../ports.ts";
import { query, type Where } from "../query.ts";

const SAMPLE = 3;

/** Numbers from a seed (mulberry32): who has the seed draws the same tenants again. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}

/** Different ones of `all`, drawn by the seed. */
function drawn<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const left = [...all];
  const draw = numbers(seed);
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const at = Math.floor((draw.next().value as number) * left.length);
    return left.splice(at, 1)[0]!;
  });
}

/** A read call that must be answered with 200. */
async function read(port: number, path: string): Promise<Readonly<Record<string, unknown>>> {
  const said = await call(port, path);
  if (said?.status !== 200) throw new Failure("call-failed", { path, said: said ?? "nothing" });
  return said.body;
}

/** The calls: who it asks, whether all is there, and a few tenants. */
async function calls(where: Where, port: number, seed: number) {
  const { database, writable } = await read(port, "/health");
  if (database !== `${where.host}:${where.port}` || writable !== false)
    throw new Failure("not-isolated", { database, writable });
  const all = await read(port, "/api/counts");
  if (all["consistent"] !== true || Number(all["users"]) < 1) throw new Failure("incomplete", all);
  const ids = (await query(where, "SELECT id FROM tenant ORDER BY id")).map(([id = ""]) => id);
  const sampled = drawn(ids, SAMPLE, seed);
  for (const id of sampled) {
    const one = await read(port, `/api/tenants/${id}`);
    if (one["consistent"] !== true) throw new Failure("tenant-incomplete", one);
  }
  return { users: all["users"], projects: all["projects"], newest: Number(all["newest"]), seed, sampled };
}

/**
 * A temporary application on a restored database, that can only read: predefined calls, a sample of tenants by a seed that
 * is told, then it is gone. With `output`: RPO_SECONDS, from the newest restored heartbeat to now, and what was seen.
 */
export async function prove(host: string, port: number, seed = randomInt(2 ** 31), output?: string) {
  const where: Where = { host, port, user: ADMIN, database: DATABASE, readOnly: true };
  const folder = mkdtempSync(join(tmpdir(), "watchbook-saas-app-"));
  const pidFile = join(folder, "app.pid");
  try {
    writeFileSync(join(folder, "database.json"), JSON.stringify(where));
    const at = await freePort(18_400);
    const files = { output: join(folder, "app.log"), pidFile, more: ["--read-only"] };
    await startApp(join(folder, "database.json"), at, files);
    const { newest, ...seen } = await calls(where, at, seed);
    const lost = Math.max(0, Date.now() / 1000 - newest).toFixed(3);
    if (output !== undefined)
      appendFileSync(
        output,
        `RPO_SECONDS=${lost}\nSEED=${seed}\nUSERS=${String(seen.users)}\nPROJECTS=${String(seen.projects)}\n`,
      );
    return { ...seen, rpoSeconds: Number(lost), application: `127.0.0.1:${at}`, database: `${host}:${port}` };
  } finally {
    await stopApp(pidFile);
    rmSync(folder, { recursive: true, force: true });
  }
}
