import type { CheckContext } from "../../../model/check.ts";
import { Failing } from "../answer/failing.ts";
import { excerpt } from "../answer/text.ts";
import { exitCode, Unjudged } from "../answer/unjudged.ts";

/** Where a server is, as seen from the target, and how its own client is called. */
export interface Asked {
  readonly connect: {
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly socket?: string | undefined;
    readonly user?: string | undefined;
    readonly password?: { readonly secret: string } | undefined;
  };
  readonly client: readonly string[];
  /** Seconds. */
  readonly within: number;
}

/** Exit code of timeout(1) when it ended what it ran. */
const SLOW = 124;
const DENIED = /NOAUTH|WRONGPASS|NOPERM|AUTH failed|invalid username-password/;
/** A server that answers, and cannot serve: it reads its data, or a script holds it. */
const UNREADY = /^(?:LOADING|BUSY|MASTERDOWN)\b.*/m;

const option = (flag: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [flag, String(value)];

/**
 * What INFO says after PING was answered, name to value. Throws Failing when the server does not answer or does not
 * serve, Unjudged when it refuses the one who asks. Fields: redis.io/docs/latest/commands/info.
 */
export async function info(given: Asked, context: CheckContext): Promise<ReadonlyMap<string, string>> {
  const { reach, signal } = context;
  const { connect, within, client } = given;
  const password = connect.password && (await context.secret(connect.password.secret));
  const argv = [
    ...client,
    "--no-auth-warning",
    ...option("-h", connect.host),
    ...option("-p", connect.port),
    ...option("-s", connect.socket),
    ...option("--user", connect.user),
  ];
  const { end, out, err } = await reach.exec(["timeout", "-k", "1", `${within}`, ...argv], {
    signal,
    stdin: "PING\nINFO\n",
    timeoutMs: (within + 5) * 1_000,
    // So that it is no argument of a process: redis-cli --help.
    env: { ...(password !== undefined && { REDISCLI_AUTH: password }) },
  });
  const [name = ""] = client;
  const code = exitCode(name, end);
  if (code === SLOW) throw new Failing("redis-slow", { within });
  if (code === 126 || code === 127) throw new Unjudged(code === 127 ? "command-missing" : "no-permission", name);
  const lines = out.split(/\r?\n/);
  // First: INFO counts errors by their names, those of others too.
  if (lines[0] === "PONG" && out.includes("redis_version:"))
    return new Map(lines.flatMap((line) => (line.includes(":") ? [split(line)] : [])));
  throw refusal(name, out, err);
}

function refusal(name: string, out: string, err: string): Error {
  const both = `${out}\n${err}`;
  const detail = excerpt(err.trim() === "" ? out : err, 160);
  if (DENIED.test(both)) return new Unjudged("no-permission", detail);
  const unready = UNREADY.exec(both);
  if (unready) return new Failing("redis-down", { detail: excerpt(unready[0], 160) });
  if (/^Could not connect|^Error: |Connection reset|Server closed/m.test(both))
    return new Failing("redis-down", { detail });
  return new Unjudged("unparsable", `${name}: ${detail}`);
}

function split(line: string): readonly [string, string] {
  const at = line.indexOf(":");
  return [line.slice(0, at), line.slice(at + 1)];
}
