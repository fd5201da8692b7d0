import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { robotAnswer, type RobotCodes } from "./answer/robot.ts";
import { secret } from "./params/secret.ts";
import { trimmed } from "./params/url.ts";
import { oneLine } from "./text/lines.ts";
import { robotText } from "./text/markup.ts";
import { isCalling, robotLines } from "./text/robot.ts";
import { shortened } from "./text/shorten.ts";
import { tone, type Tone } from "./text/tone.ts";

/** Bytes of the content, not of the whole body. */
const CONTENT = 4_096;

const params = z.strictObject({
  url: secret.describe("Address of the robot, with its key: a secret."),
  users: z
    .array(z.string().regex(/^\w[\w.@-]{0,63}$/, "user-id"))
    .default([])
    .describe("User ids of those who are called by name."),
});
type Params = z.infer<typeof params>;

const CODES: RobotCodes = {
  code: ["errcode"],
  message: ["errmsg"],
  later: { "-1": 15_000, "45009": 60_000, "45033": 15_000, "43009": 60_000 },
  known: { "93000": "robot-gone", "93008": "robot-check" },
};

/** The three colours that there are. */
const FONT: Readonly<Record<Tone, string>> = {
  bad: "warning",
  warn: "warning",
  note: "comment",
  good: "info",
  calm: "comment",
};

function contentOf({ users }: Opened<Params>, notice: Notice): string {
  const calls = isCalling(notice) ? users.map((user) => `<@${user}>`) : [];
  return [
    `**<font color="${FONT[tone(notice)]}">${robotText(oneLine(notice.title))}</font>**`,
    ...robotLines(notice),
    ...(calls.length > 0 ? [calls.join("")] : []),
  ].join("\n");
}

/** WeCom (WeChat at work), through a robot of a group. */
export const wecomNotifier = defineNotifier<Params>({
  kind: "wecom",
  params,
  // Of a body whose text is all signs that JSON writes as two.
  limits: { bytes: CONTENT * 2 + 100, perMinute: 20 },
  request: (given, notice) => {
    const cut = shortened(notice, (tried) => Buffer.byteLength(contentOf(given, tried)) <= CONTENT);
    return {
      url: trimmed(given.url),
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ msgtype: "markdown", markdown: { content: contentOf(given, cut) } }),
    };
  },
  answer: (answer) => robotAnswer(answer, CODES),
});
