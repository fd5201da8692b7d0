import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { okAnswer } from "./answer/plain.ts";
import { urlOrSecret, trimmed } from "./params/url.ts";
import { oneLine } from "./text/lines.ts";
import { commonMark, href } from "./text/markup.ts";
import { shortened } from "./text/shorten.ts";
import { COLOUR, tone } from "./text/tone.ts";

const BYTES = 32_000;
/** Characters of attachments that servers of every version keep: older ones refuse more than 8,000 with all around them. */
const ATTACHMENTS = 7_600;

const params = z.strictObject({
  url: urlOrSecret.describe("Address of an incoming webhook; whoever has it can post: `{secret: name}`."),
  channel: z.string().min(1).optional().describe("Another channel than the webhook's, where the server allows that."),
  username: z.string().min(1).max(64).optional().describe("Name it posts under, where the server allows that."),
  mention: z
    .string()
    .regex(/^@[\w.-]+$/, "mention")
    .optional()
    .describe("Who is called when it begins or escalates: `@channel`, `@here`, `@name`."),
});
type Params = z.infer<typeof params>;

function attachmentsOf(notice: Notice) {
  const links = notice.links.map(({ text, url }) => `[${commonMark(oneLine(text))}](${href(url)})`);
  return [
    {
      fallback: oneLine(notice.title),
      color: COLOUR[tone(notice)],
      title: commonMark(oneLine(notice.title)),
      text: [commonMark(notice.body), links.join(" \u00b7 ")].filter((part) => part !== "").join("\n\n"),
      fields: notice.facts.map(({ name, value }) => ({
        short: value.length < 40,
        title: commonMark(name),
        value: commonMark(value),
      })),
    },
  ];
}

const fits = (notice: Notice): boolean => {
  const text = JSON.stringify(attachmentsOf(notice));
  return text.length <= ATTACHMENTS && Buffer.byteLength(text) <= BYTES - 500;
};

function request({ url, channel, username, mention }: Opened<Params>, notice: Notice) {
  const calls = mention !== undefined && (notice.event === "fire" || notice.event === "escalate");
  return {
    url: trimmed(url),
    method: "POST" as const,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...(channel !== undefined && { channel }),
      ...(username !== undefined && { username }),
      ...(calls && { text: mention }),
      attachments: attachmentsOf(shortened(notice, fits)),
    }),
  };
}

/** Mattermost, through an incoming webhook. */
export const mattermostNotifier = defineNotifier<Params>({
  kind: "mattermost",
  params,
  limits: { bytes: BYTES, perMinute: 60 },
  request,
  answer: okAnswer,
});
