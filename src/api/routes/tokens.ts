import type { Context } from "hono";
import { may } from "../../model/access.ts";
import { WatchbookError } from "../../model/error.ts";
import { tokenEndRoute, tokenRoute, tokensRoute } from "../contract.ts";
import type { Api, Env, Parts } from "../front.ts";
import type { KeptToken } from "../tokens.ts";

const manages = (c: Context<Env>): boolean => may(c.get("who").grants, "access.manage");

/** A token without its digest. */
const shown = ({ id, person, scope, made, expires, services, environments }: KeptToken) => ({
  ...{ id, person, scope, made, expires },
  ...(services && { services: [...services] }),
  ...(environments && { environments: [...environments] }),
});

export function tokenRoutes(app: Api, { daemon, tokens }: Parts): void {
  const people = () => daemon.book().open.book.config.people;
  app.openapi(tokenRoute, async (c) => {
    const { front, signIn, person: mine } = c.get("who");
    // A token makes no other: one that was stolen must not outlive its end.
    if (front !== "socket" && !signIn) throw new WatchbookError("TOKEN-SOCKET-ONLY");
    const wanted = c.req.valid("json");
    // For others only an administrator could, and then act in their name.
    if (front !== "socket" && wanted.person !== mine) throw new WatchbookError("TOKEN-OTHER");
    const { token, ...kept } = await tokens.make(people(), wanted);
    return c.json({ ...shown(kept), token }, 201);
  });
  app.openapi(tokensRoute, async (c) => {
    const { person } = c.get("who");
    const all = await tokens.valid(people());
    const found = manages(c) && c.req.valid("query").all === "true" ? all : all.filter((one) => one.person === person);
    return c.json({ tokens: found.map(shown) }, 200);
  });
  app.openapi(tokenEndRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { token } = c.get("who");
    // One that was stolen, or is for one thing only, must not take away what its person works with.
    if (token && token.id !== id) throw new WatchbookError("TOKEN-ITSELF");
    const found = (await tokens.valid(people())).find((one) => one.id === id);
    if (!found || (found.person !== c.get("who").person && !manages(c)))
      throw new WatchbookError("TOKEN-ABSENT", { token: id });
    await tokens.revoke(id);
    return c.json(shown(found), 200);
  });
}
