import { bookRoute, coverageRoute, findingsRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";
import { bookView } from "../view/book.ts";
import { coverageView } from "../view/coverage.ts";
import { findingSaid } from "../view/say.ts";

export function bookRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(bookRoute, (c) => c.json(bookView(daemon.book(), c.get("lang")), 200));
  app.openapi(coverageRoute, (c) => c.json(coverageView(daemon.book().open.book), 200));
  app.openapi(findingsRoute, (c) => {
    const { open, findings } = daemon.book();
    return c.json({ digest: open.book.digest, findings: findings.map((one) => findingSaid(one, c.get("lang"))) }, 200);
  });
}
