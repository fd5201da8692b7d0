import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { robotAnswer, type RobotCodes } from "./answer/robot.ts";
import { secret } from "./params/secret.ts";
import { trimmed } from "./params/url.ts";
import { oneLine } from "./text/lines.ts";
import { robotText } from "./text/markup.ts";
import { isCalling, robotLines, withKeyword } from "./text/robot.ts";
import { bytesOf, shortened } from "./text/shorten.ts";

const BYTES = 20_000;
/** Whoever sends more than 20 a minute is shut out for ten. */
const SHUT_OUT = 600_000;

const params = z.strictObject({
  url: secret.describe("Address of the robot, with its access_token: a secret."),
  sign: secret.optional().describe("Its signing secret (`SEC\u2026`), where the robot is set to signatures."),
  keyword: z.string().min(1).max(50).optional().describe("Word that the robot looks for in every message."),
  mobiles: z
    .array(z.string().regex(/^\+?[\d-]{5,20}$/, "phone"))
    .default([])
    .describe("Mobile numbers of those who are called by name."),
  everyone: z.boolean().default(false).describe("Calls everyone of the group when it begins or escalates."),
});
type Params = z.infer<typeof params>;

const CODES: RobotCodes = {
  code: ["errcode"],
  message: ["errmsg"],
  later: { "-1": 15_000, "130101": SHUT_OUT, "410100": SHUT_OUT, "90030": SHUT_OUT },
  known: {
    "310000": "robot-check",
    "300001": "robot-gone",
    "400101": "robot-gone",
    "400106": "robot-gone",
    "400013": "robot-gone",
    "400102": "robot-off",
  },
};

/** The address with the time in milliseconds and the signature of time and secret. */
function signed(url: string, key: string | undefined, now: number): string {
  if (key === undefined) return url;
  const sign = createHmac("sha256", key).update(`${now}\n${key}`).digest("base64");
  return `${url}${url.includes("?") ? "&" : "?"}timestamp=${now}&sign=${encodeURIComponent(sign)}`;
}

function messageOf({ mobiles, everyone }: Opened<Params>, notice: Notice) {
  const title = oneLine(notice.title);
  const calls = isCalling(notice);
  const names = calls ? mobiles.map((mobile) => `@${mobile}`) : [];
  // One line break is a space for its clients.
  const text = [`#### ${robotText(title)}`, ...robotLines(notice), ...(names.length > 0 ? [names.join(" ")] : [])];
  return {
    msgtype: "markdown",
    markdown: { title, text: text.join("\n\n") },
    at: { atMobiles: calls ? mobiles : [], isAtAll: calls && everyone },
  };
}

/** DingTalk, through a robot of a group. */
export const dingtalkNotifier = defineNotifier<Params>({
  kind: "dingtalk",
  params,
  limits: { bytes: BYTES, perMinute: 20 },
  request: (given, notice, now) => ({
    url: signed(trimmed(given.url), given.sign?.trim(), now),
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(
      messageOf(
        given,
        shortened(withKeyword(notice, given.keyword), (tried) => bytesOf(messageOf(given, tried)) <= BYTES),
      ),
    ),
  }),
  answer: (answer) => robotAnswer(answer, CODES),
});
