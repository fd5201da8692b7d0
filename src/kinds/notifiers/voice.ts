import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { gateway } from "./gateway/params.ts";
import { gatewayAnswer, gatewayRequest } from "./gateway/request.ts";
import { oneLine } from "./text/lines.ts";
import { shortened } from "./text/shorten.ts";

/** Characters of what is said once: half a minute; nobody listens longer at night. */
const SPOKEN = 400;

const params = z.strictObject({
  ...gateway,
  form: z
    .enum(["text", "twiml"])
    .default("text")
    .describe("text: the gateway speaks what it gets. twiml: the field takes TwiML, with the language."),
});
type Params = z.infer<typeof params>;

/** What a voice says: no address, no sign that it would read out. */
const spoken = ({ title, body, lang }: Notice): string =>
  [title, ...body.split("\n")]
    .map((line) => oneLine(line.replaceAll(/https?:\/\/\S+/g, "").replaceAll(/[<>{}[\]|\\`*_#~^]/g, " ")))
    .filter((line) => line !== "")
    .map((line) => (/[.!?\u3002\uff01\uff1f]$/.test(line) ? line : `${line}${lang === "zh" ? "\u3002" : "."}`))
    .join(" ");

/** Text as XML has it. */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function textOf({ form }: Opened<Params>, notice: Notice): string {
  const once = spoken(notice);
  // Said twice: the first time is waking up.
  if (form === "text") return `${once} ${once}`;
  const say = `<Say language="${notice.lang === "zh" ? "zh-CN" : "en-US"}">${escaped(once)}</Say>`;
  return `<Response>${say}<Pause length="1"/>${say}</Response>`;
}

/** A call, through a gateway that takes web requests. */
export const voiceNotifier = defineNotifier<Params>({
  kind: "voice",
  params,
  limits: { bytes: 16_000, perMinute: 10 },
  request: (given, notice) => {
    // As XML has it: a call takes 4,000 signs of TwiML, and a quotation mark is six.
    const said = shortened({ ...notice, facts: [], links: [] }, (tried) => escaped(spoken(tried)).length <= SPOKEN);
    return gatewayRequest(given, notice, textOf(given, said));
  },
  answer: gatewayAnswer,
});
