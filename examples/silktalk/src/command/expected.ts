import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../node/failure.ts";
import type { Health } from "../node/health.ts";
import type { Home } from "../node/home.ts";
import { ask } from "./ask.ts";

/** What the node says, or the Failure that it cannot be asked with. */
async function heard(home: Home): Promise<Health | Failure> {
  try {
    return (await ask(home, { do: "status" })) as Health;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const fits = (health: Health, version: string | undefined): boolean =>
  health.status === "healthy" && (version === undefined || health.version === version);

/**
 * What a node says of itself; asked again until it is healthy and of this version, for so many seconds at most. Throws a
 * Failure: it cannot be asked, or (exit 3) is of another version in the end.
 */
export async function expected(home: Home, version: string | undefined, seconds: number): Promise<Health> {
  if (!(seconds >= 0)) throw new Failure("--within is not a number of seconds.", "Give one, such as 60.");
  const begin = process.hrtime.bigint();
  let now = await heard(home);
  while ((now instanceof Failure || !fits(now, version)) && Number(process.hrtime.bigint() - begin) / 1e9 < seconds) {
    await sleep(200);
    now = await heard(home);
  }
  if (now instanceof Failure) throw now;
  if (version !== undefined && now.version !== version)
    throw new Failure(
      `${now.name} runs version ${now.version}, not ${version}.`,
      "Install the other one and restart it.",
      3,
    );
  return now;
}
