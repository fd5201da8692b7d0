import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { call, running } from "../copies.ts";
import { Failure } from "../failure.ts";
import { configOf, type Place } from "../place.ts";
import { until } from "../process.ts";
import type { Where } from "../query.ts";

/** Writes the address of the database into the configuration; the copies read it with their next request. */
export function lead(place: Place, host: string, port: number) {
  const file = configOf(place);
  const was = JSON.parse(readFileSync(file, "utf8")) as Where;
  writeFileSync(`${file}.new`, JSON.stringify({ ...was, host, port }));
  renameSync(`${file}.new`, file);
  return { from: `${was.host}:${was.port}`, to: `${host}:${port}` };
}

/** Every copy that runs says itself that it writes to this database. Exit 3 when one does not within `seconds`. */
export async function leads(place: Place, host: string, port: number, seconds: number) {
  const copies = running(place);
  if (copies.length === 0) throw new Failure("no-copies");
  for (const at of copies)
    await until(`the application on ${at} writes to ${host}:${port}`, seconds, async () => {
      const body = (await call(at, "/health"))?.body;
      return body?.["database"] === `${host}:${port}` && body["writable"] === true;
    });
  return { copies: copies.length, database: `${host}:${port}` };
}
