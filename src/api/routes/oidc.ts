import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { WatchbookError } from "../../model/error.ts";
import { giveCookie, isSecure } from "../access/cookie.ts";
import { oidcCallbackRoute, oidcStartRoute } from "../contract.ts";
import type { Api, Env, Parts } from "../front.ts";
import { begin, finish, specOf, type Begun } from "../oidc/client.ts";
import { nameOf } from "./session.ts";

type C = Context<Env>;

/** The way to the provider and back may take so long, milliseconds. */
const WAY = 10 * 60_000;
/** Ways that have begun and not ended; the oldest are forgotten. */
const MOST = 1_000;
const COOKIE = "watchbook-oidc";
const BACK = "/api/oidc/callback";

/** A page of ours, or `/`: nobody is led elsewhere from here. */
const pageOf = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes("\\") ? next : "/";

const redirectOf = (c: C, parts: Parts): string =>
  `${isSecure(c, parts) ? "https" : "http"}://${c.req.header("host") ?? "localhost"}${BACK}`;

export function oidcRoutes(app: Api, parts: Parts): void {
  const { access } = parts;
  const ways = new Map<string, Begun>();
  app.openapi(oidcStartRoute, async (c) => {
    const now = access.clock.wall();
    const next = pageOf(c.req.valid("query").next);
    const { url, begun } = await begin(parts, { redirect: redirectOf(c, parts), next, now });
    const id = randomBytes(32).toString("base64url");
    ways.set(id, begun);
    if (ways.size > MOST) ways.delete(ways.keys().next().value!);
    // Lax: the provider's page leads back, which is another site's link.
    const secure = isSecure(c, parts);
    setCookie(c, COOKIE, id, { httpOnly: true, sameSite: "Lax", path: "/api/oidc", secure, maxAge: WAY / 1000 });
    return c.redirect(url.href, 302);
  });
  app.openapi(oidcCallbackRoute, async (c) => {
    const id = getCookie(c, COOKIE) ?? "";
    const begun = ways.get(id);
    // Taken once, whatever comes of it: an answer that is sent again finds nothing.
    ways.delete(id);
    deleteCookie(c, COOKIE, { path: "/api/oidc" });
    try {
      if (!begun || access.clock.wall() - begun.made > WAY) throw new WatchbookError("OIDC-STATE");
      const next = await enter(c, parts, begun);
      return c.redirect(next, 302);
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
      c.set("refused", error.code);
      return c.redirect(`/sign-in?problem=${error.code}`, 302);
    }
  });
}

/** Opens the session of whoever the provider says it is. */
async function enter(c: C, parts: Parts, begun: Begun): Promise<string> {
  const { access, daemon } = parts;
  const spec = specOf(parts);
  const { value, strong } = await finish(parts, begun, new URL(c.req.url).search);
  const person = Object.hasOwn(spec.people, value) ? spec.people[value]! : undefined;
  const grants = person === undefined ? undefined : access.grants(daemon.book().open.book.config.people, person);
  if (person === undefined || grants === undefined) throw new WatchbookError("OIDC-STRANGER", { provider: spec.name });
  const from = { address: c.get("who").address, agent: c.req.header("user-agent") ?? "" };
  await access.accounts.seen({ person, name: nameOf(parts, person) });
  const { token } = await access.signIns.open({ person, methods: ["oidc"], half: false, strong }, from);
  giveCookie(c, parts, token);
  c.set("person", person);
  return begun.next;
}
