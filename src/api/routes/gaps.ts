import { closeGap, gapsNow, recordGap } from "../../engine/gaps.ts";
import { closeGapRoute, gapRoute, gapsRoute } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

export function gapRoutes(app: Api, { daemon: { house } }: Parts): void {
  app.openapi(gapsRoute, async (c) => c.json({ gaps: [...(await gapsNow(house.store))] }, 200));
  app.openapi(gapRoute, async (c) => {
    const { by, ...ask } = c.req.valid("json");
    return c.json(await recordGap(house, { ...ask, by: c.get("person") ?? by ?? "socket" }), 201);
  });
  app.openapi(closeGapRoute, async (c) => {
    const { by, reason } = c.req.valid("json");
    const who = c.get("person") ?? by ?? "socket";
    return c.json(await closeGap(house, c.req.valid("param").id, { reason, by: who }), 200);
  });
}
