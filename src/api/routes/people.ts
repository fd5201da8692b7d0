import type { Context } from "hono";
import { endOf } from "../../desk/access/times.ts";
import { brokenAt } from "../../engine/access/audit.ts";
import { may } from "../../model/access.ts";
import type { Account } from "../../model/account.ts";
import { WatchbookError } from "../../model/error.ts";
import {
  accountActionRoute,
  accountAddRoute,
  accountsRoute,
  auditRoute,
  sessionEndRoute,
  sessionsRoute,
  type AccountShown,
  type AuditShown,
  type SessionShown,
} from "../contract.ts";
import type { Api, Env, Parts } from "../front.ts";
import { nameOf } from "./session.ts";

const accountOf = (parts: Parts, account: Account): AccountShown => {
  const { access, daemon } = parts;
  const { person, administrator, password, totp, disabled, last } = account;
  const grants = access.grants(daemon.book().open.book.config.people, person);
  return {
    ...{ person, name: nameOf(parts, person), administrator, password: password !== undefined },
    ...{ totp: totp !== undefined, sessions: access.signIns.now(person).length },
    ...(disabled !== undefined && { disabled }),
    ...(last !== undefined && { last }),
    grants: grants ? (JSON.parse(JSON.stringify(grants)) as AccountShown["grants"]) : null,
  };
};

/**
 * Who gives out an invitation, or shuts somebody out: this machine's user (undefined), or a person signed in by two factors, never
 * by a token: a code is a session and a second factor in other hands. Throws ACCOUNT-TOKEN, STRONG-NEEDED, ACCOUNT-OWN.
 */
function keeperOf(c: Context<Env>, person: string): string | undefined {
  const { front, signIn, person: mine } = c.get("who");
  if (front === "socket") return undefined;
  if (!signIn) throw new WatchbookError("ACCOUNT-TOKEN");
  if (!signIn.strong) throw new WatchbookError("STRONG-NEEDED");
  // Whoever has found a session open must not make it one that nobody ends.
  if (person === mine) throw new WatchbookError("ACCOUNT-OWN", { person });
  return mine;
}

export function peopleRoutes(app: Api, parts: Parts): void {
  const { access, daemon, tokens } = parts;
  const config = () => daemon.book().open.book.config;
  app.openapi(accountsRoute, (c) => {
    const all = access.accounts.all().toSorted((a, b) => a.person.localeCompare(b.person, "en"));
    return c.json({ accounts: all.map((one) => accountOf(parts, one)) }, 200);
  });
  app.openapi(accountAddRoute, async (c) => {
    const { person, administrator } = c.req.valid("json");
    const by = keeperOf(c, person);
    const known = config().people.find(({ id }) => id === person);
    if (!known && !administrator)
      throw new WatchbookError("ACCOUNT-NO-PERSON", { person, known: config().people.map(({ id }) => id) });
    return c.json(await access.accounts.add({ person, administrator, name: known?.name ?? person }, by), 201);
  });
  app.openapi(accountActionRoute, async (c) => {
    const { person } = c.req.valid("param");
    const { do: what } = c.req.valid("json");
    const by = keeperOf(c, person);
    const invitation = what === "reset" ? await access.accounts.reset(person, by) : undefined;
    const account =
      what === "reset" ? access.accounts.get(person)! : await access.accounts.disable(person, what === "disable");
    if (what !== "enable") {
      await access.signIns.endAll(person);
      await tokens.revokeAll(person);
    }
    return c.json({ account: accountOf(parts, account), ...(invitation && { invitation }) }, 200);
  });
  sessions(app, parts);
  app.openapi(auditRoute, async (c) => {
    const { before, person, action, limit, verify } = c.req.valid("query");
    const query = { ...(before && { before }), ...(person && { person }), ...(action && { action }), limit };
    const entries = (await daemon.house.store.audit(query)).map((one): AuditShown => ({ ...one }));
    const broken = verify === "true" ? await brokenAt(daemon.house.store) : undefined;
    return c.json({ entries, head: (await access.audit.head()) ?? null, broken: broken ?? null }, 200);
  });
}

const manages = (c: Context<Env>): boolean => may(c.get("who").grants, "access.manage");

function sessions(app: Api, { access }: Parts): void {
  app.openapi(sessionsRoute, (c) => {
    const who = c.get("who");
    const all = c.req.valid("query").all === "true";
    if (all ? !manages(c) : who.person === undefined && who.front !== "socket")
      throw new WatchbookError("NOT-ALLOWED", OWN);
    const found = all || who.person === undefined ? access.signIns.now() : access.signIns.now(who.person);
    const sessions = found
      .filter(({ half }) => !half)
      .map((one): SessionShown => ({
        ...{ id: one.id, person: one.person, made: one.made, seen: one.seen, ends: endOf(one) },
        ...{ address: one.address, agent: one.agent, methods: [...one.methods], current: one.id === who.signIn?.id },
      }));
    return c.json({ sessions }, 200);
  });
  app.openapi(sessionEndRoute, async (c) => {
    const { id } = c.req.valid("param");
    if (c.get("who").token) throw new WatchbookError("TOKEN-ITSELF");
    const found = access.signIns.now().find((one) => one.id === id);
    // Of others only an administrator learns that it is there.
    if (!found || (found.person !== c.get("who").person && !manages(c)))
      throw new WatchbookError("SESSION-UNKNOWN", { session: id });
    await access.signIns.end(id);
    return c.json({ id, person: found.person }, 200);
  });
}

const OWN = { action: "access.manage", roles: "administrator" };
