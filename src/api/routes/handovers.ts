import { acceptHandover } from "../../engine/handover.ts";
import { acceptRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

export function handoverRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(acceptRoute, async (c) =>
    c.json(await acceptHandover(daemon.house, daemon.book().open.book.config, c.req.valid("json")), 201),
  );
}
