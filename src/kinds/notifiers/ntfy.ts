import { z } from "zod";
import { delivered, later, type Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { byStatus, excerpt, LIMITED } from "./answer/http.ts";
import { jsonOf, textOf } from "./answer/json.ts";
import { secret, textOrSecret } from "./params/secret.ts";
import { url } from "./params/url.ts";
import { clip, clipBytes } from "./text/cut.ts";
import { factLine, oneLine } from "./text/lines.ts";
import { bytesOf, shortened } from "./text/shorten.ts";
import { tone, type Tone } from "./text/tone.ts";

/** Bytes of the message; what is longer would become a file that nobody opens at night. */
const MESSAGE = 4_096;
/** Bytes of the document: the server reads twice its limit of a message, and refuses more. */
const DOCUMENT = 2 * MESSAGE;
const TITLE = 250;
const ACTIONS = 3;

const params = z.strictObject({
  url: url.default("https://ntfy.sh").describe("The server, without the topic."),
  topic: textOrSecret.describe("Topic; on a public server whoever knows it can read, so `{secret: name}` there."),
  token: secret.optional().describe("Access token (`tk_\u2026`)."),
});
type Params = z.infer<typeof params>;

const PRIORITY: Readonly<Record<Tone, number>> = { bad: 5, warn: 4, note: 3, good: 3, calm: 3 };
/** Names of pictures that its apps show before the title. */
const TAG: Readonly<Record<Tone, string>> = {
  bad: "rotating_light",
  warn: "warning",
  note: "warning",
  good: "white_check_mark",
  calm: "information_source",
};

const messageOf = (notice: Notice): string =>
  [notice.body, notice.facts.map((fact) => oneLine(factLine(notice, fact))).join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");

function documentOf({ topic }: Opened<Params>, notice: Notice) {
  const title = clipBytes(clip(oneLine(notice.title), TITLE), TITLE * 3);
  const message = messageOf(notice);
  return {
    topic: topic.trim(),
    title,
    // An empty message is said to be "triggered", in English.
    message: message === "" ? title : message,
    priority: PRIORITY[tone(notice)],
    tags: [TAG[tone(notice)]],
    ...(notice.links[0] && { click: notice.links[0].url }),
    actions: notice.links
      .slice(0, ACTIONS)
      .map(({ text, url: to }) => ({ action: "view", label: oneLine(text), url: to, clear: false })),
  };
}

/** ntfy, public or one's own: a push to phones. */
export const ntfyNotifier = defineNotifier<Params>({
  kind: "ntfy",
  params,
  limits: { bytes: DOCUMENT, perMinute: 12 },
  request: (given, notice) => {
    const fits = (tried: Notice): boolean =>
      Buffer.byteLength(messageOf(tried)) <= MESSAGE && bytesOf(documentOf(given, tried)) <= DOCUMENT;
    return {
      url: given.url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(given.token !== undefined && { authorization: `Bearer ${oneLine(given.token)}` }),
      },
      body: JSON.stringify(documentOf(given, shortened(notice, fits))),
    };
  },
  answer: (answer) => {
    const failed = byStatus(answer);
    if (failed) return failed;
    const id = textOf(jsonOf(answer.body), "id");
    return id === undefined ? later(LIMITED, "unreadable", { detail: excerpt(answer.body) }) : delivered(id);
  },
});
