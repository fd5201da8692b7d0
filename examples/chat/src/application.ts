import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ENVIRONMENTS, homeOf, settingsOf, type Environment, type Place, type Settings } from "./place.ts";
import { end, launch, ours, until } from "./process.ts";

const APP = fileURLToPath(new URL("appd.ts", import.meta.url));

export interface Said {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** What an application answers, or undefined when nobody does within five seconds. */
export async function call(
  port: number,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<Said | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal: AbortSignal.timeout(5000),
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get("content-type") === "application/json";
    const said = isJson ? (JSON.parse(bytes.toString("utf8")) as Said["body"]) : {};
    return { status: response.status, body: said, bytes };
  } catch {
    // Refused, reset or silent: whoever asks says which answer it waits for.
    return undefined;
  }
}

/** Starts an application with its settings in a folder, and waits until it answers. */
export async function startApp(
  settings: Settings,
  port: number,
  { folder, more = [] }: { readonly folder: string; readonly more?: readonly string[] },
): Promise<void> {
  const [file, pidFile] = [join(folder, "settings.json"), join(folder, "app.pid")];
  writeFileSync(file, JSON.stringify(settings));
  if (ours(pidFile, APP) !== undefined) return;
  const argv = [process.execPath, APP, "--settings", file, "--port", String(port), ...more];
  launch(argv, { output: join(folder, "app.log"), pidFile });
  await until(`the application on ${port} answers`, 20, async () => (await call(port, "/api/none")) !== undefined);
}

export const stopApp = (folder: string): Promise<void> => end(join(folder, "app.pid"), APP);

export const isUp = (place: Place, environment: Environment): boolean =>
  ours(join(homeOf(place, environment), "app.pid"), APP) !== undefined;

export async function startApps(place: Place): Promise<void> {
  for (const environment of ENVIRONMENTS)
    await startApp(settingsOf(place, environment), place[environment], { folder: homeOf(place, environment) });
}
