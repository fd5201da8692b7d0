import { createHmac } from "node:crypto";
import { z } from "zod";
import { later, type Delivery, type Notice } from "../../model/notice.ts";
import { defineNotifier, type HttpAnswer, type Opened } from "../../model/notifier.ts";
import { SOON } from "./answer/http.ts";
import { jsonOf, textOf } from "./answer/json.ts";
import { robotAnswer, type RobotCodes } from "./answer/robot.ts";
import { secret } from "./params/secret.ts";
import { trimmed } from "./params/url.ts";
import { factLine, oneLine } from "./text/lines.ts";
import { href } from "./text/markup.ts";
import { isCalling, withKeyword } from "./text/robot.ts";
import { bytesOf, shortened } from "./text/shorten.ts";
import { tone, type Tone } from "./text/tone.ts";

const BYTES = 20_000;

const params = z.strictObject({
  url: secret.describe("Address of the robot (`\u2026/open-apis/bot/v2/hook/\u2026`): a secret."),
  sign: secret.optional().describe("Its signing secret, where the robot is set to signatures."),
  keyword: z.string().min(1).max(50).optional().describe("Word that the robot looks for in every message."),
  users: z
    .array(z.string().regex(/^(?:all|[\w-]{1,64})$/, "user-id"))
    .default([])
    .describe("Open ids of those who are called by name; `all` calls everyone."),
});
type Params = z.infer<typeof params>;

const CODES: RobotCodes = {
  code: ["code", "StatusCode"],
  message: ["msg", "StatusMessage"],
  later: { "11232": SOON, "11233": SOON, "99991400": 60_000 },
  known: { "19001": "robot-gone", "19021": "robot-sign", "19022": "robot-check", "19024": "robot-check" },
};

const TEMPLATE: Readonly<Record<Tone, string>> = {
  bad: "red",
  warn: "orange",
  note: "yellow",
  good: "green",
  calm: "blue",
};

/** Text that is no markup, whatever it holds. */
const plain = (content: string) => ({ tag: "plain_text", content });

function cardOf({ users }: Opened<Params>, notice: Notice) {
  const calls = isCalling(notice) ? users.map((user) => `<at id=${user}></at>`) : [];
  return {
    config: { wide_screen_mode: true },
    header: { template: TEMPLATE[tone(notice)], title: plain(oneLine(notice.title)) },
    elements: [
      ...(notice.body === "" ? [] : [{ tag: "div", text: plain(notice.body) }]),
      ...(notice.facts.length === 0
        ? []
        : [
            {
              tag: "div",
              fields: notice.facts.map((fact) => ({
                is_short: fact.value.length < 30,
                text: plain(oneLine(factLine(notice, fact))),
              })),
            },
          ]),
      ...(calls.length === 0 ? [] : [{ tag: "div", text: { tag: "lark_md", content: calls.join(" ") } }]),
      ...(notice.links.length === 0
        ? []
        : [
            {
              tag: "action",
              actions: notice.links.map(({ text, url }, at) => ({
                tag: "button",
                text: plain(oneLine(text)),
                type: at === 0 ? "primary" : "default",
                url: href(url),
              })),
            },
          ]),
    ],
  };
}

/** Seconds, and the digest of nothing under a key of seconds and secret: not as DingTalk does it. */
function signature(key: string | undefined, now: number): { readonly timestamp?: string; readonly sign?: string } {
  if (key === undefined) return {};
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, sign: createHmac("sha256", `${timestamp}\n${key}`).update("").digest("base64") };
}

const bodyOf = (given: Opened<Params>, notice: Notice, now: number) => ({
  ...signature(given.sign?.trim(), now),
  msg_type: "interactive",
  card: cardOf(given, notice),
});

/** 9499 is a bad request, and too many of them; only its words tell which. */
function answer(given: HttpAnswer): Delivery {
  const document = jsonOf(given.body);
  const crowded = textOf(document, "code") === "9499" && /too many/i.test(textOf(document, "msg") ?? "");
  if (crowded) return later(60_000, "robot-busy", { code: "9499", detail: "too many request" });
  const judged = robotAnswer(given, CODES);
  const reset = Number(given.headers["x-ogw-ratelimit-reset"]);
  return judged.kind === "later" && reset > 0 ? { ...judged, afterMs: Math.min(reset, 3_600) * 1_000 } : judged;
}

/** Feishu (Lark), through a robot of a group. */
export const feishuNotifier = defineNotifier<Params>({
  kind: "feishu",
  params,
  limits: { bytes: BYTES, perMinute: 100 },
  request: (given, notice, now) => {
    const fits = (tried: Notice): boolean => bytesOf(bodyOf(given, tried, now)) <= BYTES;
    return {
      url: trimmed(given.url),
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(bodyOf(given, shortened(withKeyword(notice, given.keyword), fits), now)),
    };
  },
  answer,
});
