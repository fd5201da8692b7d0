import { checksRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { checkView } from "../view/check.ts";

export function checkRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(checksRoute, (c) => {
    const { book } = daemon.book().open;
    const checks = daemon.checks().map((now) => checkView(book, now, c.get("lang")));
    return c.json({ at: daemon.house.clock.wall(), checks }, 200);
  });
}
