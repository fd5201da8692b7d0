import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configOf, type Place } from "./place.ts";
import { end, launch, ours, until } from "./process.ts";

const APP = fileURLToPath(new URL("appd.ts", import.meta.url));

const pidFileOf = ({ dir }: Place, copy: number): string => join(dir, "room", `app-${copy}.pid`);

/** JSON of one call, or undefined when nobody answers within five seconds. */
export async function call(
  port: number,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> } | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal: AbortSignal.timeout(5000),
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  } catch {
    // Refused, reset or silent: whoever asks says which answer it waits for.
    return undefined;
  }
}

/** Starts a copy and waits until it answers, whatever its database says. */
export async function startApp(
  config: string,
  port: number,
  {
    output,
    pidFile,
    more = [],
  }: { readonly output: string; readonly pidFile: string; readonly more?: readonly string[] },
): Promise<void> {
  const argv = [process.execPath, APP, "--config", config, "--port", String(port), ...more];
  launch(argv, { output, pidFile });
  await until(`the application on ${port} answers`, 20, async () => (await call(port, "/api/none")) !== undefined);
}

const beatOf = ({ dir }: Place, copy: number): string => join(dir, "room", `beat-${copy}`);

/** The newest heartbeat that was confirmed to a copy, in seconds since 1970; 0: none was. */
export const confirmed = (place: Place): number =>
  Math.max(
    0,
    ...place.apps.map((_, index) => {
      const file = beatOf(place, index + 1);
      return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    }),
  );

export const stopApp = (pidFile: string): Promise<void> => end(pidFile, APP);

/** What a Deployment would remember: how many copies are wanted, and how many there were before it was scaled away. */
interface Wanted {
  readonly replicas: number;
  readonly before: number;
}
const wantedFile = ({ dir }: Place): string => join(dir, "config", "deployment.json");
export const wantedOf = (place: Place): Wanted =>
  existsSync(wantedFile(place))
    ? (JSON.parse(readFileSync(wantedFile(place), "utf8")) as Wanted)
    : { replicas: place.apps.length, before: place.apps.length };

/** Ports of the copies that run. */
export const running = (place: Place): readonly number[] =>
  place.apps.filter((_, index) => ours(pidFileOf(place, index + 1), APP) !== undefined);

/** As many copies as wanted; the last ones go first. */
export async function scale(place: Place, replicas: number): Promise<Wanted> {
  const { before, replicas: now } = wantedOf(place);
  // Scaled to nothing twice, the number is still remembered.
  const wanted = { replicas, before: now > 0 ? now : before };
  writeFileSync(wantedFile(place), JSON.stringify(wanted));
  await keep(place, replicas);
  return wanted;
}

/** Starts what is missing and ends what is too much; the wish is not changed. */
export async function keep(place: Place, replicas: number): Promise<void> {
  for (const [index, port] of place.apps.entries()) {
    const pidFile = pidFileOf(place, index + 1);
    if (index >= replicas) await stopApp(pidFile);
    else if (ours(pidFile, APP) === undefined)
      await startApp(configOf(place), port, {
        ...{ output: join(place.dir, "logs", `app-${index + 1}.log`), pidFile },
        more: ["--beat", beatOf(place, index + 1)],
      });
  }
}
