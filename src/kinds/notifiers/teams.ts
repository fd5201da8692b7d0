import { z } from "zod";
import { delivered, later, refused, type Delivery, type Notice } from "../../model/notice.ts";
import { defineNotifier, type HttpAnswer } from "../../model/notifier.ts";
import { byStatus, excerpt, LIMITED } from "./answer/http.ts";
import { secret } from "./params/secret.ts";
import { trimmed } from "./params/url.ts";
import { oneLine } from "./text/lines.ts";
import { commonMark, href } from "./text/markup.ts";
import { bytesOf, shortened } from "./text/shorten.ts";
import { tone, type Tone } from "./text/tone.ts";

const BYTES = 28_000;
/** Actions that Teams shows. */
const ACTIONS = 6;

const params = z.strictObject({
  url: secret.describe("Address of a workflow (\u201cwhen a Teams webhook request is received\u201d); it is a secret."),
});
type Params = z.infer<typeof params>;

/** Colour of the title, in the card's own words. */
const STYLE: Readonly<Record<Tone, string>> = {
  bad: "attention",
  warn: "warning",
  note: "warning",
  good: "good",
  calm: "accent",
};

/** Text that no client reads as markup: a run is no Markdown. */
const line = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  type: "RichTextBlock",
  spacing: "None",
  inlines: [{ type: "TextRun", text: text === "" ? " " : text, ...more }],
});

function messageOf(notice: Notice) {
  const title = oneLine(notice.title);
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    fallbackText: title,
    msteams: { width: "Full" },
    body: [
      {
        type: "Container",
        style: STYLE[tone(notice)],
        bleed: true,
        items: [line(title, { weight: "Bolder", size: "Medium" })],
      },
      ...(notice.body === "" ? [] : notice.body.split("\n").map((text) => line(text))),
      ...(notice.facts.length === 0
        ? []
        : [
            {
              type: "FactSet",
              facts: notice.facts.map(({ name, value }) => ({ title: commonMark(name), value: commonMark(value) })),
            },
          ]),
    ],
    actions: notice.links
      .slice(0, ACTIONS)
      .map(({ text, url }) => ({ type: "Action.OpenUrl", title: oneLine(text), url: href(url) })),
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

/** A connector of the old kind answers 200 and says in words that Teams itself did not take it. */
const FAILED = /failed with error[^]{0,200}?HTTP error (\d{3})/i;

function answer(given: HttpAnswer): Delivery {
  const failed = byStatus(given);
  if (failed) return failed;
  const inner = FAILED.exec(given.body)?.[1];
  if (inner === undefined) return delivered(given.headers["x-ms-workflow-run-id"]);
  const args = { status: Number(inner), detail: excerpt(given.body) };
  return inner === "429" || inner.startsWith("5") ? later(LIMITED, "limited", args) : refused("not-taken", args);
}

/** Microsoft Teams, through the Workflows app: an Adaptive Card. */
export const teamsNotifier = defineNotifier<Params>({
  kind: "teams",
  params,
  limits: { bytes: BYTES, perMinute: 60 },
  request: ({ url }, notice) => ({
    url: trimmed(url),
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(messageOf(shortened(notice, (tried) => bytesOf(messageOf(tried)) <= BYTES))),
  }),
  answer,
});
