import { z } from "zod";
import { delivered, later, refused, type Delivery, type Notice } from "../../model/notice.ts";
import { defineNotifier, type HttpAnswer, type Opened } from "../../model/notifier.ts";
import { byStatus, excerpt, retryAfter, SOON } from "./answer/http.ts";
import { jsonOf, textOf } from "./answer/json.ts";
import { okAnswer } from "./answer/plain.ts";
import { secret } from "./params/secret.ts";
import { trimmed, url } from "./params/url.ts";
import { clip } from "./text/cut.ts";
import { factLine, oneLine } from "./text/lines.ts";
import { href } from "./text/markup.ts";
import { shortened } from "./text/shorten.ts";
import { COLOUR, tone } from "./text/tone.ts";

const BYTES = 40_000;
/** Characters that a section of plain text and one of its fields take, and how many fields there may be. */
const SECTION = 3_000;
const FIELD = 2_000;
const FIELDS = 10;
const SECTIONS = 5;

const params = z
  .strictObject({
    url: secret.optional().describe("Address of an incoming webhook; whoever has it can post, so it is a secret."),
    token: secret.optional().describe("Token of a bot (`xoxb-…`) with chat:write, instead of `url`."),
    channel: z.string().min(1).optional().describe("Channel id the bot posts to; with `token`."),
    api: url.default("https://slack.com/api/chat.postMessage").describe("Where a bot posts."),
  })
  .refine(
    ({ url: hook, token, channel }) => (hook === undefined) === (token !== undefined && channel !== undefined),
    "url-or-token",
  );
type Params = z.infer<typeof params>;

/** The three signs that Slack's own markup is made of. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

/** Links as text: a button would ask for an app that answers to clicks. */
const linksOf = ({ links }: Notice): string =>
  links
    .map(({ text, url: to }) => `<${escaped(href(to))}|${escaped(oneLine(text)).replaceAll("|", "\u2502")}>`)
    .join("\n");

const fieldsOf = (notice: Notice) =>
  Array.from({ length: Math.ceil(notice.facts.length / FIELDS) }, (_, at) => ({
    type: "section",
    fields: notice.facts
      .slice(at * FIELDS, (at + 1) * FIELDS)
      .map((fact) => plain(clip(factLine(notice, fact), FIELD))),
  }));

function messageOf(notice: Notice) {
  const blocks = [
    ...(notice.body === "" ? [] : [{ type: "section", text: plain(notice.body) }]),
    ...fieldsOf(notice),
    ...(notice.links.length === 0 ? [] : [{ type: "section", text: { type: "mrkdwn", text: linksOf(notice) } }]),
  ];
  return {
    text: escaped(oneLine(notice.title)),
    mrkdwn: false,
    unfurl_links: false,
    attachments: [{ color: COLOUR[tone(notice)], fallback: oneLine(notice.title), blocks }],
  };
}

const fits = (notice: Notice): boolean =>
  notice.body.length <= SECTION &&
  linksOf(notice).length <= SECTION &&
  notice.facts.length <= FIELDS * SECTIONS &&
  Buffer.byteLength(JSON.stringify(messageOf(notice))) <= BYTES - 200;

/** Errors of the Web API that pass by themselves. */
const PASSING = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

function answer(given: HttpAnswer, { token }: Opened<Params>): Delivery {
  if (token === undefined) return okAnswer(given);
  const failed = byStatus(given);
  if (failed) return failed;
  const document = jsonOf(given.body);
  if (document["ok"] === true) return delivered(textOf(document, "ts"));
  const code = textOf(document, "error");
  if (code === undefined) return later(retryAfter(given), "unreadable", { detail: excerpt(given.body) });
  if (code === "ratelimited" || code === "rate_limited")
    return later(retryAfter(given), "limited", { status: given.status, detail: code });
  if (PASSING.has(code)) return later(SOON, "receiver-fault", { status: given.status, detail: code });
  return refused("robot-refused", { code: excerpt(code), detail: excerpt(given.body) });
}

/** Slack, through an incoming webhook or a bot. */
export const slackNotifier = defineNotifier<Params>({
  kind: "slack",
  params,
  limits: { bytes: BYTES, perMinute: 60 },
  request: ({ url: hook, token, channel, api }, notice) => ({
    url: hook === undefined ? api : trimmed(hook),
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token !== undefined && { authorization: `Bearer ${oneLine(token)}` }),
    },
    body: JSON.stringify({ ...(channel !== undefined && { channel }), ...messageOf(shortened(notice, fits)) }),
  }),
  answer,
});
