import type { Context } from "hono";
import { endOf } from "../../desk/access/times.ts";
import type { Entered } from "../../engine/access/access.ts";
import { breakGlass, changePassword, giveCode, setUp, signIn, takeInvitation } from "../../engine/access/enter.ts";
import type { From } from "../../engine/access/sign-ins.ts";
import { codeOf } from "../../engine/access/throttled.ts";
import { ACCESS_ROLES } from "../../model/access.ts";
import { WatchbookError } from "../../model/error.ts";
import { csrfOf, giveCookie, takeCookie } from "../access/cookie.ts";
import { isHere } from "../access/origin.ts";
import { whoOf, type Who } from "../access/who.ts";
import {
  breakGlassRoute,
  codeRoute,
  inviteRoute,
  mendGlassRoute,
  passwordRoute,
  sessionRoute,
  setupCodeRoute,
  setupRoute,
  signInRoute,
  signOutRoute,
  totpConfirmRoute,
  totpRoute,
  type Session,
} from "../contract.ts";
import type { Api, Env, Parts } from "../front.ts";

type C = Context<Env>;

const fromOf = (c: C): From => ({ address: c.get("who").address, agent: c.req.header("user-agent") ?? "" });

/** Names of persons: the book's, else the account's. */
export const nameOf = ({ daemon, access }: Parts, id: string): string =>
  daemon.book().open.book.config.people.find((one) => one.id === id)?.name ?? access.accounts.get(id)?.name ?? id;

/** A session as the console is told of it. `who.cookie`: the value that the browser has from now on. */
export function shown(parts: Parts, who: Who): Session {
  const { access, daemon } = parts;
  const { person, grants, signIn: mine, cookie, front } = who;
  const { oidc } = daemon.book().open.book.config;
  const [emergency] = person === undefined ? [] : access.emergencies.now(person);
  const whole = mine !== undefined && !mine.half;
  return {
    person: person === undefined ? null : { id: person, name: nameOf(parts, person) },
    roles: ACCESS_ROLES.filter((role) => grants.some((one) => one.role === role)),
    grants: grants.map(({ role, services, environments }) => ({
      role,
      ...(services && { services: [...services] }),
      ...(environments && { environments: [...environments] }),
    })),
    csrf: cookie === undefined || !mine ? null : csrfOf(cookie),
    methods: [...(mine?.methods ?? [])],
    strong: mine?.strong ?? false,
    step: mine?.half === true ? "totp" : null,
    setup: access.setUpCode() !== undefined,
    oidc: oidc ? { name: oidc.name } : null,
    totp: person !== undefined && access.accounts.get(person)?.totp !== undefined,
    readable: person !== undefined || front !== "open",
    ends: whole ? mine.ends : null,
    idle: whole ? endOf(mine) : null,
    breakGlass: emergency ? { until: emergency.until, reason: emergency.reason } : null,
  };
}

/** The session of somebody who has just come in. */
async function entered(c: C, parts: Parts, { signIn: mine, token }: Entered): Promise<Session> {
  giveCookie(c, parts, token);
  const grants = parts.access.grants(parts.daemon.book().open.book.config.people, mine.person) ?? [];
  const { front, address } = c.get("who");
  const old = c.get("who").signIn;
  // Whoever signs in anew leaves the old session: its cookie is gone.
  if (old && old.id !== mine.id) await parts.access.signIns.end(old.id);
  if (!mine.half) c.set("person", mine.person);
  const who = { front, address, signIn: mine, cookie: token };
  return shown(parts, mine.half ? { ...who, grants: [] } : { ...who, grants, person: mine.person });
}

/** Somebody signed in at the console, not a token. Throws SIGN-IN. */
export function signedIn(c: C): Required<Pick<Who, "signIn" | "person">> {
  const { signIn: mine, person } = c.get("who");
  if (!mine || person === undefined) throw new WatchbookError("SIGN-IN");
  return { signIn: mine, person };
}

export function sessionRoutes(app: Api, parts: Parts): void {
  const { access } = parts;
  const people = () => parts.daemon.book().open.book.config.people;
  app.openapi(sessionRoute, (c) => c.json(shown(parts, c.get("who")), 200));
  app.openapi(signInRoute, async (c) =>
    c.json(await entered(c, parts, await signIn(access, people(), c.req.valid("json"), fromOf(c))), 200),
  );
  app.openapi(codeRoute, async (c) => {
    const half = c.get("who").signIn;
    if (!half?.half) throw new WatchbookError("SIGN-IN");
    return c.json(
      await entered(c, parts, await giveCode(access, people(), half, c.req.valid("json").code, fromOf(c))),
      200,
    );
  });
  app.openapi(inviteRoute, async (c) =>
    c.json(await entered(c, parts, await takeInvitation(access, people(), c.req.valid("json"), fromOf(c))), 200),
  );
  app.openapi(signOutRoute, async (c) => {
    const { signIn: mine, ...who } = c.get("who");
    if (mine) await access.signIns.end(mine.id);
    takeCookie(c, parts);
    const grants = who.front === "loopback" ? [{ role: "viewer" } as const] : [];
    return c.json(shown(parts, { front: who.front, address: who.address, grants }), 200);
  });
  app.openapi(setupRoute, async (c) => {
    if (!isHere(c)) throw new WatchbookError("SETUP-ELSEWHERE");
    const { name, ...given } = c.req.valid("json");
    const known = people().find(({ id }) => id === given.person)?.name;
    const who = { ...given, name: name ?? known ?? given.person };
    return c.json(await entered(c, parts, await setUp(access, who, fromOf(c))), 200);
  });
  app.openapi(setupCodeRoute, (c) => {
    if (c.env.front !== "socket") throw new WatchbookError("TOKEN-SOCKET-ONLY");
    return c.json({ code: access.setUpCode() ?? null }, 200);
  });
  ownRoutes(app, parts);
}

/** One's own password, second factor, emergency. */
function ownRoutes(app: Api, parts: Parts): void {
  const { access } = parts;
  const people = () => parts.daemon.book().open.book.config.people;
  app.openapi(passwordRoute, async (c) => {
    await changePassword(access, people(), signedIn(c).signIn, c.req.valid("json"));
    return c.json(shown(parts, c.get("who")), 200);
  });
  app.openapi(totpRoute, async (c) => {
    const { person, signIn: mine } = signedIn(c);
    // A second factor is not taken off by whoever has only the first.
    if (access.accounts.get(person)?.totp && !mine.strong) throw new WatchbookError("STRONG-NEEDED");
    return c.json(await access.accounts.offer(person), 200);
  });
  app.openapi(totpConfirmRoute, async (c) => {
    const { person, signIn: mine } = signedIn(c);
    if (access.accounts.get(person)?.totp && !mine.strong) throw new WatchbookError("STRONG-NEEDED");
    const right = access.throttle.attempt(codeOf(person), c.get("who").address);
    const recovery = await access.accounts.confirm(person, c.req.valid("json").code);
    right();
    await access.signIns.endAll(person, mine.id);
    await access.signIns.strengthen(mine.id);
    return c.json({ recovery: [...recovery] }, 200);
  });
  app.openapi(breakGlassRoute, async (c) => {
    const { person } = signedIn(c);
    await breakGlass(access, people(), person, c.req.valid("json"), fromOf(c));
    return c.json(shown(parts, await whoOf(c, parts)), 200);
  });
  app.openapi(mendGlassRoute, async (c) => {
    const { person } = signedIn(c);
    await access.emergencies.end(person, person);
    return c.json(shown(parts, await whoOf(c, parts)), 200);
  });
}
