import { WatchbookError } from "../../model/error.ts";
import { tokenRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

export function tokenRoutes(app: Api, { daemon, tokens }: Parts): void {
  app.openapi(tokenRoute, async (c) => {
    if (c.env.front !== "socket") throw new WatchbookError("TOKEN-SOCKET-ONLY");
    const { people } = daemon.book().open.book.config;
    const { id, person, scope, expires, token } = await tokens.make(people, c.req.valid("json"));
    return c.json({ id, person, scope, expires, token }, 201);
  });
}
