import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { WatchbookError } from "../model/error.ts";
import { bodies } from "./body.ts";
import { INFO } from "./contract.ts";
import type { Api, Env, Parts } from "./front.ts";
import { headers, hosts, language, rights } from "./guard.ts";
import { refuse } from "./problem.ts";
import { bookRoutes } from "./routes/book.ts";
import { checkRoutes } from "./routes/checks.ts";
import { dutyRoutes } from "./routes/duties.ts";
import { eventRoutes } from "./routes/events.ts";
import { runRoutes } from "./routes/runs.ts";
import { statusRoutes } from "./routes/status.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { reportRoutes } from "./today/report.ts";
import { todayRoutes } from "./today/routes.ts";

/** The whole API as one app; which door a request came through is told per request (`Env.Bindings.front`). */
export function makeApp(parts: Parts): Api {
  const app: Api = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      return refuse(new WatchbookError("REQUEST-INVALID", { problems }), c.get("lang"));
    },
  });
  app.use(headers, language(parts), hosts, rights(parts), bodies);
  app.onError((error, c) => {
    const lang = c.get("lang") ?? "en";
    if (error instanceof WatchbookError) return refuse(error, lang);
    if (error instanceof HTTPException && error.status === 415)
      return refuse(new WatchbookError("BODY-NOT-JSON"), lang);
    if (error instanceof HTTPException && error.status < 500)
      return refuse(new WatchbookError("REQUEST-INVALID", { problems: [error.message] }), lang);
    parts.onBug(error);
    return refuse(new WatchbookError("INTERNAL"), lang);
  });
  app.notFound((c) => refuse(new WatchbookError("ROUTE-ABSENT", { path: c.req.path }), c.get("lang") ?? "en"));
  todayRoutes(app, parts);
  reportRoutes(app, parts);
  for (const routes of [statusRoutes, bookRoutes, dutyRoutes, checkRoutes, runRoutes, eventRoutes, tokenRoutes])
    routes(app, parts);
  app.get("/openapi.json", (c) => c.json(openApi(app, parts.daemon.house.version)));
  return app;
}

/** OpenAPI 3.1 of everything the app serves. */
export const openApi = (app: Api, version: string): object =>
  app.getOpenAPI31Document({ openapi: "3.1.0", info: { ...INFO, version } });
