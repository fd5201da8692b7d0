import { actOnAlerts, why, type AlertAction } from "../../engine/alerts/ask.ts";
import { rulesNow } from "../../engine/alerts/rules-now.ts";
import {
  alertActionRoute,
  alertRoute,
  alertsRoute,
  silencesRoute,
  type AlertShown,
  type WhyShown,
} from "../contract.ts";
import type { Alert } from "../../model/alert.ts";
import type { Lang } from "../../model/lang.ts";
import { saidOf } from "../../report/notice/words.ts";
import type { Api, Parts } from "../front.ts";
import { acknowledgePages } from "./acknowledge.ts";

/** As it is serialised: the contract's types are the model's without their readonly marks. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** With what its check said, in words. */
const shown = (alert: Alert, lang: Lang): AlertShown => ({
  ...(plain(alert) as AlertShown),
  said: [...saidOf(alert, lang)],
});

const given = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

export function alertRoutes(app: Api, parts: Parts): void {
  const { daemon } = parts;
  const { store, clock } = daemon.house;
  const { alerts } = daemon;
  const policy = () => rulesNow(daemon.book().open.book).policy;
  app.openapi(alertsRoute, async (c) => {
    const { open, limit } = c.req.valid("query");
    const found = await store.desk("alert", { open: open === "true", limit });
    return c.json({ at: clock.wall(), alerts: found.map((one) => shown(one, c.get("lang"))) }, 200);
  });
  app.openapi(alertRoute, async (c) => {
    const found = await why(store, policy(), c.req.valid("param").id);
    return c.json({ ...(plain(found) as WhyShown), alert: shown(found.alert, c.get("lang")) }, 200);
  });
  app.openapi(silencesRoute, (c) => {
    const silences = plain([...alerts.desk().silences.values()]) as never[];
    return c.json({ at: clock.wall(), silences }, 200);
  });
  app.openapi(alertActionRoute, async (c) => {
    const { by, ...asked } = c.req.valid("json");
    const ids = c.get("ids");
    const action = "alerts" in asked && ids ? { ...asked, alerts: ids } : asked;
    const who = c.get("person") ?? by ?? "socket";
    const state = { store, policy: policy(), now: clock.wall() };
    const acted = await actOnAlerts(alerts, state, who, given(action) as AlertAction);
    return c.json(plain(acted) as never, 200);
  });
  acknowledgePages(app, parts);
}
