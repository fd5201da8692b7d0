import { statfsSync } from "node:fs";
import { connect } from "node:net";
import { dirname, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { onLines } from "../lines.ts";
import type { Hello } from "../node/front-link.ts";
import { readJson, wrongFields, type Config } from "../site/config.ts";

/** One thing that was looked at: absent `found` means that it is as it must be. */
export interface Look {
  readonly check: "fields" | "environment" | "front" | "api" | "clock" | "disk" | "session";
  readonly found?: string;
}

const PATIENCE_MS = 2_000;

/** What the front says when it is called; a text why it does not. */
const hello = (port: number): Promise<Hello | string> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer: Hello | string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => end("silent"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once("close", () => end("closed"));
    onLines(socket, ({ api = "none", now = 0 }) => end({ api, now }));
  });

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The session that is on at this moment, UTC. */
export function sessionAt(sessions: Config["sessions"], now: Date): string | undefined {
  const at = now.getUTCHours() * 60 + now.getUTCMinutes();
  return sessions.find(([from, to]) => at >= minutes(from) && at < minutes(to))?.join("-");
}

const look = (check: Look["check"], bad: boolean, found: string | number): Look =>
  bad ? { check, found: String(found) } : { check };

/** Everything that must be so before something is deployed, each on its own. Changes nothing. */
async function looksAt(file: string, config: Config, environment: string): Promise<readonly Look[]> {
  const { front, sessions, minFreeMb, maxSkewMs } = config;
  const said = await hello(front.port);
  const disk = statfsSync(dirname(resolve(file)));
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1_048_576);
  const session = sessionAt(sessions, new Date());
  const ofFront: readonly Look[] =
    typeof said === "string"
      ? [look("front", true, `127.0.0.1:${front.port} ${said}`)]
      : [
          look("front", false, ""),
          look("api", said.api !== front.api, `${said.api}, expected ${front.api}`),
          look("clock", Math.abs(said.now - Date.now()) > maxSkewMs, `${said.now - Date.now()} ms`),
        ];
  return [
    look("environment", config.environment !== environment, `${config.environment}, asked for ${environment}`),
    ...ofFront,
    look("disk", freeMb < minFreeMb, `${freeMb} MB free, ${minFreeMb} needed`),
    look("session", session !== undefined, session ?? ""),
  ];
}

/** Throws Failure preflight with what is wrong: wrong fields alone when there are any. */
export async function preflight(file: string, environment: string): Promise<{ readonly checked: readonly string[] }> {
  const value = readJson(file);
  const fields = wrongFields(value);
  const looks: readonly Look[] =
    fields.length > 0
      ? [{ check: "fields", found: fields.join(", ") }]
      : [{ check: "fields" }, ...(await looksAt(file, value as Config, environment))];
  const wrong = looks.filter(({ found }) => found !== undefined);
  if (wrong.length > 0) throw new Failure("preflight", { wrong });
  return { checked: looks.map(({ check }) => check) };
}
