import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { heartbeatCheck, takeBeat } from "../../engine/heartbeats.ts";
import type { BeatSaid } from "../../model/beat.ts";
import { WatchbookError } from "../../model/error.ts";
import { referenceOf } from "../../model/secret.ts";
import { frontOf } from "../access/origin.ts";
import { addressOf } from "../access/who.ts";
import { refusals } from "../inbound/refused.ts";
import type { Api, Env, Parts } from "../front.ts";

const same = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(one!, other!);
};

/** The secret whose value the job must send; undefined: it has none. */
function secretOf({ daemon }: Parts, name: string): string | undefined {
  const { book } = daemon.book().open;
  const spec = book.checks.find(({ id, kind }) => id === name && kind === "heartbeat");
  const token = (spec?.params as { readonly token?: { readonly secret?: unknown } } | undefined)?.token?.secret;
  return typeof token === "string" ? referenceOf(book.config.secrets, token) : undefined;
}

/** Who may speak for a job: whoever knows its token, and this machine's socket. A token of the header only: no page can send it. */
async function mustBeIts(c: Context<Env>, parts: Parts, name: string): Promise<void> {
  if (frontOf(c) === "socket") return;
  const offer = /^bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (offer === undefined) throw new WatchbookError("TOKEN-NEEDED");
  const secret = secretOf(parts, name);
  if (secret !== undefined && same(await parts.daemon.house.secret(secret), offer)) return;
  // Whoever guesses is slowed down; a job whose token is right is heard meanwhile, also from the same machine.
  parts.access.throttle.attempt(undefined, addressOf(c, parts));
  throw new WatchbookError("TOKEN-UNKNOWN");
}

/**
 * `state=start`, or the end: `exit=N`, `state=fail`; nothing: it ended well. An exit without a number, or one that says the
 * contrary of the state, is none: what is not known is not well. Throws HEARTBEAT-SAID.
 */
function saidOf(c: Context<Env>): BeatSaid {
  const [state = "end", exit] = [c.req.query("state"), c.req.query("exit")];
  const code = exit === undefined ? Number(state === "fail") : /^\d{1,3}$/.test(exit) ? Number(exit) : Number.NaN;
  const right = ["start", "end", "finish", "fail"].includes(state) && code <= 255 && !(state === "fail" && code === 0);
  if (!right) throw new WatchbookError("HEARTBEAT-SAID", { given: `state=${state} exit=${exit ?? ""}`.slice(0, 80) });
  return state === "start" ? { state } : { state: "end", exit: code };
}

/** POST /api/heartbeats/NAME: a job says that it begins, or how it ended. */
export function heartbeatRoutes(app: Api, parts: Parts): void {
  app.use("/api/heartbeats/*", refusals(parts, "heartbeat"));
  app.post("/api/heartbeats/:name", async (c) => {
    const name = c.req.param("name").slice(0, 100);
    await mustBeIts(c, parts, name);
    const { book } = parts.daemon.book().open;
    const beat = await takeBeat(parts.daemon.house, book, heartbeatCheck(book, name).id, saidOf(c));
    return c.json(beat);
  });
}
