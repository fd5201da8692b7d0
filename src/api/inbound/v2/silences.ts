import { silenceOf } from "../../../desk/alert/index.ts";
import { WatchbookError } from "../../../model/error.ts";
import { matcherText, type Matcher, type Silence } from "../../../model/silence.ts";
import type { Api, Parts } from "../../front.ts";
import { jsonOf } from "../json.ts";
import { comer } from "../may.ts";
import { momentOf, recordOf, type Raw } from "../moment.ts";
import { specsOf } from "../specs.ts";
import { passes } from "./matching.ts";
import { silenceOut } from "./shown.ts";

const KIND = "prometheus";
const NEWEST = 1_000;
const NAME = 100;
const REASON = 1_000;
const MATCHERS = 50;

/** A silence that is asked for in Alertmanager's words. Throws SILENCE-…. */
function askedFrom(raw: Raw, person: string | undefined, now: number) {
  const given: readonly unknown[] = Array.isArray(raw["matchers"]) ? raw["matchers"] : [];
  // All of them must match: with one less it would hide more than was asked for.
  if (given.length > MATCHERS) throw new WatchbookError("SILENCE-MATCHER", { text: `${given.length} > ${MATCHERS}` });
  const matchers = given.map(matcherFrom);
  const [starts, ends] = [momentOf(raw["startsAt"]) ?? now, momentOf(raw["endsAt"])];
  const said = typeof raw["createdBy"] === "string" ? raw["createdBy"].slice(0, NAME) : "";
  const reason = typeof raw["comment"] === "string" ? raw["comment"].slice(0, REASON) : "";
  if (matchers.length === 0) throw new WatchbookError("SILENCE-ALL", { hours: 8 });
  if (ends === null || ends === undefined) throw new WatchbookError("SILENCE-NEEDS");
  const from = Math.max(starts, now);
  const by = person ?? (said.trim() || "api");
  return silenceOf(
    { match: matchers.map(matcherText), forMs: ends - from, by, reason, everything: false, starts: from },
    now,
  );
}

function matcherFrom(given: unknown): Matcher {
  const { name, value, isRegex = false, isEqual = true } = recordOf(given) ?? {};
  if (typeof name !== "string" || typeof value !== "string")
    throw new WatchbookError("SILENCE-MATCHER", { text: JSON.stringify(given ?? null).slice(0, 100) });
  const [plain, regex] = isEqual === false ? (["!=", "!~"] as const) : (["=", "=~"] as const);
  return { label: name, is: isRegex === true ? regex : plain, value };
}

const labelsFrom = ({ matchers }: Silence): Readonly<Record<string, string>> =>
  Object.fromEntries(matchers.map(({ label, value }) => [label, value]));

/** GET and POST of /api/v2/silences, GET and DELETE of /api/v2/silence/ID. */
export function silencesV2(app: Api, parts: Parts): void {
  const { alerts, house } = parts.daemon;
  const specs = () => specsOf(parts, KIND);
  const one = async (id: string): Promise<Silence> => {
    const found = alerts.desk().silences.get(id) ?? (await house.store.deskOne("silence", id));
    if (!found) throw new WatchbookError("SILENCE-UNKNOWN", { id: id.slice(0, 100) });
    return found;
  };

  app.get("/api/v2/silences", async (c) => {
    await comer(c, parts, specs(), "read");
    const pass = passes(c.req.queries("filter"));
    const kept = new Map((await house.store.desk("silence", { limit: NEWEST })).map((each) => [each.id, each]));
    for (const each of alerts.desk().silences.values()) kept.set(each.id, each);
    const now = house.clock.wall();
    return c.json([...kept.values()].filter((each) => pass(labelsFrom(each))).map((each) => silenceOut(each, now)));
  });

  app.get("/api/v2/silence/:id", async (c) => {
    await comer(c, parts, specs(), "read");
    return c.json(silenceOut(await one(c.req.param("id")), house.clock.wall()));
  });

  app.post("/api/v2/silences", async (c) => {
    const { person } = await comer(c, parts, specs(), "silence");
    const raw = recordOf(await jsonOf(c)) ?? {};
    const now = house.clock.wall();
    const silence = askedFrom(raw, person, now);
    // One that is changed ends, and the changed one begins: what was decided by the first stays to be seen.
    const before = typeof raw["id"] === "string" && raw["id"] !== "" ? await one(raw["id"]) : undefined;
    await alerts.say({ kind: "silence", silence });
    if (before && before.id !== silence.id) await alerts.say({ kind: "unsilence", silence: before.id, by: silence.by });
    return c.json({ silenceID: silence.id });
  });

  app.delete("/api/v2/silence/:id", async (c) => {
    const { person } = await comer(c, parts, specs(), "silence");
    const { id } = await one(c.req.param("id"));
    await alerts.say({ kind: "unsilence", silence: id, by: person ?? "api" });
    return c.body(null, 200);
  });
}
