import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { networkOf } from "../../engine/access/network.ts";
import { makePace } from "../../engine/access/pace.ts";
import { WatchbookError } from "../../model/error.ts";
import { giveCookie, isSecure } from "../access/cookie.ts";
import { oidcCallbackRoute, oidcStartRoute } from "../contract.ts";
import type { Api, Env, Parts } from "../front.ts";
import { begin, finish, specOf, type Begun } from "../oidc/client.ts";
import { sealed } from "../oidc/sealed.ts";
import { nameOf } from "./session.ts";

type C = Context<Env>;

const MINUTE = 60_000;
/** The way to the provider and back may take so long, milliseconds. */
const WAY = 10 * MINUTE;
/** Ways that one address may begin in a minute: an office has one address. */
const STARTS = { most: 30, withinMs: MINUTE };
/** Ways that have come back; the oldest are forgotten. */
const MOST = 10_000;
const COOKIE = "watchbook-oidc";
const BACK = "/api/oidc/callback";

/** A page of ours, or `/`: nobody is led elsewhere from here. */
const pageOf = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes("\\") ? next : "/";

const redirectOf = (c: C, parts: Parts): string =>
  `${isSecure(c, parts) ? "https" : "http"}://${c.req.header("host") ?? "localhost"}${BACK}`;

export function oidcRoutes(app: Api, parts: Parts): void {
  const { access } = parts;
  const ways = sealed<Begun>();
  const tooEarly = makePace(access.clock, STARTS);
  const back = new Set<string>();
  app.openapi(oidcStartRoute, async (c) => {
    const wait = tooEarly(networkOf(c.get("who").address));
    if (wait > 0) throw new WatchbookError("OIDC-WAIT", { seconds: Math.ceil(wait / 1000) });
    const now = access.clock.wall();
    const next = pageOf(c.req.valid("query").next);
    const { url, begun } = await begin(parts, { redirect: redirectOf(c, parts), next, now });
    // The browser carries it: whoever only begins takes no room here, and pushes out nobody who is on the way.
    const way = ways.close(begun);
    // Lax: the provider's page leads back, which is another site's link.
    const secure = isSecure(c, parts);
    setCookie(c, COOKIE, way, { httpOnly: true, sameSite: "Lax", path: "/api/oidc", secure, maxAge: WAY / 1000 });
    return c.redirect(url.href, 302);
  });
  app.openapi(oidcCallbackRoute, async (c) => {
    const begun = ways.open(getCookie(c, COOKIE) ?? "");
    // Taken once, whatever comes of it: an answer that is sent again, by whomever, is none.
    const again = begun !== undefined && back.has(begun.state);
    if (begun) back.add(begun.state);
    if (back.size > MOST) back.delete(back.values().next().value!);
    deleteCookie(c, COOKIE, { path: "/api/oidc" });
    try {
      if (!begun || again || access.clock.wall() - begun.made > WAY) throw new WatchbookError("OIDC-STATE");
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
