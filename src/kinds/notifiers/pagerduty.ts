import { z } from "zod";
import { delivered, later, refused, type Delivery, type Notice } from "../../model/notice.ts";
import { defineNotifier, type HttpAnswer, type Opened } from "../../model/notifier.ts";
import { utc } from "../../model/time.ts";
import { byStatus, excerpt, LIMITED } from "./answer/http.ts";
import { jsonOf, textOf } from "./answer/json.ts";
import { secret } from "./params/secret.ts";
import { url } from "./params/url.ts";
import { clip } from "./text/cut.ts";
import { keyOf } from "./text/key.ts";
import { oneLine } from "./text/lines.ts";
import { bytesOf, shortened } from "./text/shorten.ts";

const BYTES = 512_000;
const SUMMARY = 1_024;
const DEDUP_KEY = 255;

const params = z.strictObject({
  routing: secret.describe("Integration key (Events API v2) of a service."),
  url: url
    .default("https://events.pagerduty.com/v2/enqueue")
    .describe("Where events go; accounts of the EU: `https://events.eu.pagerduty.com/v2/enqueue`."),
  source: z.string().min(1).max(255).default("watchbook").describe("What is said to have the problem."),
});
type Params = z.infer<typeof params>;

const ACTIONS: Readonly<Record<Notice["event"], string>> = {
  fire: "trigger",
  again: "trigger",
  escalate: "trigger",
  test: "trigger",
  acknowledge: "acknowledge",
  resolve: "resolve",
};

/** By the place in the book's scale, whatever its names; a test is for information. */
function severityOf({ event, rank }: Notice): string {
  if (event === "test") return "info";
  return ["critical", "error", "warning"][Math.max(0, rank)] ?? "info";
}

function eventOf({ routing, source }: Opened<Params>, notice: Notice) {
  const action = ACTIONS[notice.event];
  const key = { routing_key: routing.trim(), event_action: action, dedup_key: keyOf(notice.group, DEDUP_KEY) };
  if (action !== "trigger") return key;
  const facts = Object.fromEntries(notice.facts.map(({ name, value }) => [name, value]));
  return {
    ...key,
    payload: {
      summary: clip(oneLine(notice.title), SUMMARY),
      source,
      severity: severityOf(notice),
      timestamp: utc(notice.at),
      class: notice.severity,
      custom_details: { ...facts, body: notice.body, notice: notice.id },
    },
    links: notice.links.map(({ text, url: href }) => ({ href, text: oneLine(text) })),
    client: "watchbook",
    ...(notice.links[0] && { client_url: notice.links[0].url }),
  };
}

function answer(given: HttpAnswer): Delivery {
  const failed = byStatus(given);
  const document = jsonOf(given.body);
  if (failed?.kind === "later" && given.headers["retry-after"] === undefined && given.status === 429)
    return { ...failed, afterMs: 2 * LIMITED };
  if (failed) return failed;
  const status = textOf(document, "status");
  if (status === "success") return delivered(textOf(document, "dedup_key"));
  if (status === undefined) return later(LIMITED, "unreadable", { detail: excerpt(given.body) });
  return refused("not-taken", { status: given.status, detail: excerpt(given.body) });
}

/** PagerDuty, Events API v2: what belongs to one group is one incident there. */
export const pagerdutyNotifier = defineNotifier<Params>({
  kind: "pagerduty",
  params,
  limits: { bytes: BYTES, perMinute: 120 },
  stateful: true,
  request: (given, notice) => ({
    url: given.url,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(
      eventOf(
        given,
        shortened(notice, (tried) => bytesOf(eventOf(given, tried)) <= BYTES),
      ),
    ),
  }),
  answer,
});
