import { randomUUID } from "node:crypto";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { WatchbookError } from "../model/error.ts";
import { bodies } from "./body.ts";
import type { Api, BareParts, Env } from "./front.ts";
import { headers, hosts, language } from "./guard.ts";
import { refuse } from "./problem.ts";

/** Every answer has a number, and what is recorded of it too. */
const numbered: MiddlewareHandler<Env> = async (c, next) => {
  const request = randomUUID();
  c.set("request", request);
  await next();
  c.res.headers.set("x-request-id", request);
};

/** An app without routes: what holds for every request, and how errors are answered. `rights`: who may do what. */
export function bareApp(parts: BareParts, rights: MiddlewareHandler<Env>): Api {
  const app: Api = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      return refuse(new WatchbookError("REQUEST-INVALID", { problems }), c.get("lang"));
    },
  });
  app.use(numbered, headers, language(parts), hosts(parts), rights, bodies);
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
  return app;
}
