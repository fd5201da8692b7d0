import { sayError } from "../../../i18n/texts.ts";
import { WatchbookError } from "../../../model/error.ts";
import { record } from "../../access/audited.ts";
import type { Api, Parts } from "../../front.ts";
import { statusOf } from "../../problem.ts";
import { isRefusal } from "../refused.ts";
import { alertsV2 } from "./alerts.ts";
import { silencesV2 } from "./silences.ts";
import { statusV2 } from "./status.ts";

/**
 * The API of Alertmanager, version 2, so that what speaks with one (Prometheus, vmalert, amtool, Grafana) speaks with us. Its
 * contract is Alertmanager's own: errors are one JSON string.
 */
export function alertmanagerV2(app: Api, parts: Parts): void {
  app.use("/api/v2/*", async (c, next) => {
    await next();
    const { error } = c;
    const refused = error instanceof WatchbookError ? error : undefined;
    // What a source tells stands in the alerts; what people do with them stands in the audit log, and so does who was refused.
    if (c.req.path.startsWith("/api/v2/silence") || (refused && isRefusal(refused.code)))
      await record(c, parts, {
        ...{ route: `${c.req.method} ${c.req.path}`, does: "alert.act" as const, status: c.res.status },
        ...(refused && { code: refused.code }),
      });
    if (!refused) return;
    const { say, fix } = sayError(refused, c.get("lang"));
    c.res = Response.json(`${say} ${fix}`, { status: statusOf(refused.code) });
  });
  alertsV2(app, parts);
  silencesV2(app, parts);
  statusV2(app, parts);
}
