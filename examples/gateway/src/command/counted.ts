import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { FrontConfig } from "../frontd.ts";
import { ask } from "../site/ask.ts";
import { readConfig, readJson } from "../site/config.ts";
import type { Health } from "../site/health.ts";
import { until } from "../site/process.ts";

/**
 * Waits until the front has confirmed every order of the log, then compares the two, id by id: each of them once, and
 * none besides. Throws Failure not-confirmed, counted-twice, counted-unknown, not-counted.
 */
export async function countedOnce(site: string, front: string, seconds: number): Promise<{ readonly orders: number }> {
  const { health } = readConfig(site);
  const confirmed = async (): Promise<boolean> => (await ask<Health>(health, "/health")).unconfirmed === 0;
  await until(confirmed, seconds, "not-confirmed");
  const { control } = readJson(join(front, "front.json")) as FrontConfig;
  const [{ ids }, { counted }] = await Promise.all([
    ask<{ ids: readonly string[] }>(health, "/ids"),
    ask<{ counted: readonly string[] }>(control, "/counted"),
  ]);
  const once = new Set(counted);
  const known = new Set(ids);
  if (once.size < counted.length) throw new Failure("counted-twice", { times: counted.length, orders: once.size });
  const missing = ids.find((id) => !once.has(id));
  if (missing !== undefined) throw new Failure("not-counted", { id: missing });
  const strange = counted.find((id) => !known.has(id));
  if (strange !== undefined) throw new Failure("counted-unknown", { id: strange });
  return { orders: counted.length };
}
