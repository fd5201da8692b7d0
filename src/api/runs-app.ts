import { WatchbookError } from "../model/error.ts";
import { bareApp } from "./bare.ts";
import type { Api, RunsParts } from "./front.ts";
import { refuse } from "./problem.ts";
import { runbookRoutes } from "./routes/runbooks.ts";
import { runRoutes } from "./routes/runs.ts";

/**
 * The routes of plans and runs alone, for a verb that drives runs. It knows no tokens: whatever comes by another door than
 * the socket is refused.
 */
export function makeRunsApp(parts: RunsParts): Api {
  const app = bareApp(parts, async (c, next) => {
    if (c.env.front === "socket") return next();
    return refuse(new WatchbookError("TOKEN-NEEDED"), c.get("lang"));
  });
  runRoutes(app, parts);
  runbookRoutes(app, parts);
  return app;
}
