import { INFO } from "./contract.ts";
import { bareApp } from "./bare.ts";
import type { Api, Parts } from "./front.ts";
import { voucher } from "./access/vouch.ts";
import { consoleFiles } from "./console/serve.ts";
import { rights } from "./access/rights.ts";
import { isInbound } from "./inbound/may.ts";
import { alertmanagerV2 } from "./inbound/v2/routes.ts";
import { inboundRoutes } from "./inbound/webhooks.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { backupRoutes } from "./routes/backups.ts";
import { bookRoutes } from "./routes/book.ts";
import { changeRoutes } from "./routes/changes.ts";
import { channelRoutes } from "./routes/channels.ts";
import { checkRoutes } from "./routes/checks.ts";
import { deliverableRoutes } from "./routes/deliverables.ts";
import { dutyRoutes } from "./routes/duties.ts";
import { eventRoutes } from "./routes/events.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { gapRoutes } from "./routes/gaps.ts";
import { handoverRoutes } from "./routes/handovers.ts";
import { onboardingRoutes } from "./routes/onboarding.ts";
import { heartbeatRoutes } from "./routes/heartbeats.ts";
import { incidentRoutes } from "./routes/incidents.ts";
import { oidcRoutes } from "./routes/oidc.ts";
import { peopleRoutes } from "./routes/people.ts";
import { manualRoutes } from "./routes/manual.ts";
import { publicStatusRoutes } from "./routes/public-status.ts";
import { rotaRoutes } from "./routes/rotas.ts";
import { runbookRoutes } from "./routes/runbooks.ts";
import { runRoutes } from "./routes/runs.ts";
import { serviceRoutes } from "./routes/services.ts";
import { sessionRoutes } from "./routes/session.ts";
import { statusRoutes } from "./routes/status.ts";
import { targetRoutes } from "./routes/targets.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { reportRoutes } from "./today/report.ts";
import { todayRoutes } from "./today/routes.ts";

/** The whole API as one app; which door a request came through is told per request (`Env.Bindings.front`). */
export function makeApp(parts: Parts): Api {
  const files = consoleFiles(parts.console, () => parts.daemon.book().open.book.lang);
  const may = rights(parts);
  const app = bareApp(parts, async (c, next) => (await files(c)) ?? (isInbound(c.req.path) ? next() : may(c, next)));
  const whole = { ...parts, vouch: voucher(parts) };
  todayRoutes(app, parts);
  reportRoutes(app, parts);
  for (const routes of [
    statusRoutes,
    alertRoutes,
    backupRoutes,
    bookRoutes,
    changeRoutes,
    channelRoutes,
    deliverableRoutes,
    dutyRoutes,
    checkRoutes,
    serviceRoutes,
    gapRoutes,
    handoverRoutes,
    onboardingRoutes,
    incidentRoutes,
    publicStatusRoutes,
    manualRoutes,
    rotaRoutes,
    runRoutes,
    runbookRoutes,
    eventRoutes,
    evidenceRoutes,
    targetRoutes,
    tokenRoutes,
    sessionRoutes,
    peopleRoutes,
    oidcRoutes,
    inboundRoutes,
    heartbeatRoutes,
    alertmanagerV2,
  ])
    routes(app, whole);
  app.get("/openapi.json", (c) => c.json(openApi(app, parts.daemon.house.version)));
  return app;
}

/** OpenAPI 3.1 of everything the app serves. */
export const openApi = (app: Api, version: string): object =>
  app.getOpenAPI31Document({ openapi: "3.1.0", info: { ...INFO, version } });
