import { labelsOf } from "../../../desk/alert/index.ts";
import { rulesNow } from "../../../engine/alerts/rules-now.ts";
import type { Alert } from "../../../model/alert.ts";
import { WatchbookError } from "../../../model/error.ts";
import type { Api, Parts } from "../../front.ts";
import { jsonOf } from "../json.ts";
import { comer } from "../may.ts";
import { specOf, specsOf } from "../specs.ts";
import { take } from "../take.ts";
import { toldFrom } from "../told.ts";
import { passes } from "./matching.ts";
import { alertOut, groupsOut, outLabels, receiverOf } from "./shown.ts";

const KIND = "prometheus";

interface Wanted {
  readonly filters: readonly string[];
  /** Parameters that leave out what they name when they are `false`: active, silenced, inhibited, muted. */
  readonly without: ReadonlySet<string>;
  readonly receiver: string | undefined;
}

const LEFT_OUT = ["active", "silenced", "inhibited", "muted"] as const;

const wantedFrom = (url: URL): Wanted => ({
  filters: url.searchParams.getAll("filter"),
  without: new Set(LEFT_OUT.filter((name) => url.searchParams.get(name) === "false")),
  receiver: url.searchParams.get("receiver") ?? undefined,
});

const stateOf = ({ hold }: Alert): (typeof LEFT_OUT)[number] => {
  if (!hold) return "active";
  return hold.by === "silence" ? "silenced" : "alert" in hold ? "inhibited" : "muted";
};

/** GET and POST of /api/v2/alerts, and /api/v2/alerts/groups. */
export function alertsV2(app: Api, parts: Parts): void {
  const { daemon } = parts;
  const policy = () => rulesNow(daemon.book().open.book).policy;

  const found = (url: string): readonly Alert[] => {
    const { filters, without, receiver } = wantedFrom(new URL(url));
    const pass = passes(filters);
    const severities = policy();
    return [...daemon.alerts.desk().open.values()].filter(
      (alert) =>
        !without.has(stateOf(alert)) &&
        pass({ ...labelsOf(alert), ...outLabels(alert) }) &&
        (receiver === undefined || receiverOf(severities, alert.severity) === receiver),
    );
  };

  app.get("/api/v2/alerts", async (c) => {
    await comer(c, parts, specsOf(parts, KIND), "read");
    const now = daemon.house.clock.wall();
    return c.json(found(c.req.url).map((alert) => alertOut(alert, policy(), now)));
  });

  app.get("/api/v2/alerts/groups", async (c) => {
    await comer(c, parts, specsOf(parts, KIND), "read");
    return c.json(groupsOut(found(c.req.url), policy(), daemon.house.clock.wall()));
  });

  app.post("/api/v2/alerts", async (c) => {
    const { source } = await comer(c, parts, specsOf(parts, KIND), "tell");
    const given: unknown = await jsonOf(c);
    if (!Array.isArray(given)) throw new WatchbookError("INBOUND-UNREAD", { kind: KIND });
    const now = daemon.house.clock.wall();
    const read = given.map((one) => toldFrom(one, now, true));
    await take(parts, source ?? specOf(parts, KIND), read);
    return c.body(null, 200);
  });
}
