import { INFO } from "./contract.ts";
import { bareApp } from "./bare.ts";
import type { Api, Parts } from "./front.ts";
import { rights } from "./guard.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { bookRoutes } from "./routes/book.ts";
import { checkRoutes } from "./routes/checks.ts";
import { dutyRoutes } from "./routes/duties.ts";
import { eventRoutes } from "./routes/events.ts";
import { gapRoutes } from "./routes/gaps.ts";
import { handoverRoutes } from "./routes/handovers.ts";
import { rotaRoutes } from "./routes/rotas.ts";
import { runRoutes } from "./routes/runs.ts";
import { statusRoutes } from "./routes/status.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { reportRoutes } from "./today/report.ts";
import { todayRoutes } from "./today/routes.ts";

/** The whole API as one app; which door a request came through is told per request (`Env.Bindings.front`). */
export function makeApp(parts: Parts): Api {
  const app = bareApp(parts, rights(parts));
  todayRoutes(app, parts);
  reportRoutes(app, parts);
  for (const routes of [
    statusRoutes,
    alertRoutes,
    bookRoutes,
    dutyRoutes,
    checkRoutes,
    gapRoutes,
    handoverRoutes,
    rotaRoutes,
    runRoutes,
    eventRoutes,
    tokenRoutes,
  ])
    routes(app, parts);
  app.get("/openapi.json", (c) => c.json(openApi(app, parts.daemon.house.version)));
  return app;
}

/** OpenAPI 3.1 of everything the app serves. */
export const openApi = (app: Api, version: string): object =>
  app.getOpenAPI31Document({ openapi: "3.1.0", info: { ...INFO, version } });
