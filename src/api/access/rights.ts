import type { Context, MiddlewareHandler } from "hono";
import { may, ROLES_OF, type Action } from "../../model/access.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Env, Parts } from "../front.ts";
import { refuse } from "../problem.ts";
import { namingOf } from "./actions.ts";
import { record } from "./audited.ts";
import { CSRF_HEADER, hasCsrf } from "./cookie.ts";
import { isOwnPage } from "./origin.ts";
import { cutOff } from "./streams.ts";
import { routeOf, type Wanted } from "./route.ts";
import { reads, whoOf, type Who } from "./who.ts";

type C = Context<Env>;

/** A page's script asks for a page to sign in, a program for a token. */
function unknown(c: C, who: Who): WatchbookError {
  const page = who.cookie !== undefined || who.stale || c.req.header(CSRF_HEADER) !== undefined;
  return new WatchbookError(page || c.req.header("sec-fetch-dest") === "empty" ? "SIGN-IN" : "TOKEN-NEEDED");
}

/** `outside`: what of it the roles do not reach. Where that is some targets of a run alone, they are named. */
function denied(does: Action, outside: Wanted["on"]): WatchbookError {
  const targets = outside.flatMap(({ target }) => target ?? []);
  return targets.length > 0 && targets.length === outside.length
    ? new WatchbookError("NOT-ALLOWED-TARGET", { action: does, targets: targets.join(", ") })
    : new WatchbookError("NOT-ALLOWED", { action: does, roles: ROLES_OF[does].join(", ") });
}

/** Refuses what another site's page made a browser send. */
function checkOrigin(c: C, who: Who, least: Action): void {
  if (reads(c) || who.front === "socket" || who.token) return;
  // The link of a notice is its own right, and its page may be opened from anywhere.
  if (c.req.path.startsWith("/acknowledge/")) return;
  if (!isOwnPage(c)) throw new WatchbookError("CSRF");
  if (who.cookie !== undefined && least !== "enter" && !hasCsrf(c, who.cookie)) throw new WatchbookError("CSRF");
}

function checkMay(c: C, who: Who, { does, and, on }: Wanted): void {
  if (does === "enter" || who.front === "socket") return;
  // Nobody known may look where looking is free, and do nothing.
  const looks = reads(c) && does === "read";
  if (who.person === undefined && !(looks && who.front === "loopback")) throw unknown(c, who);
  for (const action of and === undefined ? [does] : [does, and]) {
    const outside = on.filter((object) => !may(who.grants, action, object));
    // Nothing named is nothing judged.
    if (on.length === 0 || outside.length > 0) throw denied(action, outside);
  }
}

async function check(c: C, parts: Parts, route: string, say: (wanted: Wanted) => void): Promise<void> {
  const who = await whoOf(c, parts);
  c.set("who", who);
  c.set("person", who.person);
  const { least, find } = namingOf(route);
  say({ does: least, on: [{}] });
  checkOrigin(c, who, least);
  // Before anything is looked up for it: a stranger learns nothing of what there is.
  if (find && who.person === undefined && who.front !== "socket") throw unknown(c, who);
  const wanted = find && who.front !== "socket" ? await find(c, parts) : { does: least, on: [{}] };
  say(wanted);
  c.set("ids", wanted.ids);
  c.set("plan", wanted.plan);
  checkMay(c, who, wanted);
}

/** Who may do what, see `Front` and model/access.ts; sets `who` and `person`. What is done or refused is recorded. */
export const rights =
  (parts: Parts): MiddlewareHandler<Env> =>
  async (c, next) => {
    const route = routeOf(c);
    let does: Action = "enter";
    try {
      await check(c, parts, route, (wanted) => (does = wanted.does));
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
      await record(c, parts, { route, does, code: error.code, status: 403 });
      return refuse(error, c.get("lang"));
    }
    await next();
    cutOff(c, parts);
    await record(c, parts, { route, does, status: c.res.status });
    return undefined;
  };
