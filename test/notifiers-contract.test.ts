// Every notifier that speaks HTTP, against a stand-in for its receiver that takes what the vendor documents and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { notifiers } from "../src/kinds/notifiers/index.ts";
import { registry } from "../src/kinds/registry.ts";
import type { HttpNotifier } from "../src/model/notifier.ts";
import { mattermost, slack, teams } from "./kit/wire/chats.ts";
import { dingtalk, feishu, wecom } from "./kit/wire/robots.ts";
import { formGateway, ntfy, pagerduty, webhook } from "./kit/wire/services.ts";
import { notifierSuite, type NotifierCase } from "./suites/notifier.ts";

const kindOf = (name: string): HttpNotifier<never> => {
  const kind = notifiers.find((each) => each.kind === name);
  assert.ok(kind?.wire === "http");
  return kind as unknown as HttpNotifier<never>;
};

const WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const form = (text: string) => ({
  encoding: "form",
  fields: { to: "To", text, from: "From" },
  from: "+15005550006",
  user: "AC1",
  password: { secret: "token" },
});
const hook = (path: string) => ({
  params: () => ({ url: { secret: "hook" } }),
  secrets: (at: string) => ({ hook: `${at}${path}\n`, sign: "SEC0123456789abcdef" }),
});

const cases: readonly NotifierCase[] = [
  {
    ...hook("/robot/send?access_token=66810abc"),
    kind: kindOf("dingtalk"),
    params: () => ({ url: { secret: "hook" }, sign: { secret: "sign" }, mobiles: ["13800000000"], everyone: true }),
    bad: [
      [{ url: "https://oapi.dingtalk.com/robot/send?access_token=66810abc" }, "url"],
      [{ url: { secret: "hook" }, mobiles: ["li"] }, "phone"],
    ],
    never: /\]\(https:\/\/evil|^# |<|\*\*b/m,
    plain: ["title"],
    vendor: () => dingtalk("SEC0123456789abcdef", "66810abc"),
  },
  {
    ...hook("/open-apis/bot/v2/hook/6e5c"),
    kind: kindOf("feishu"),
    params: () => ({ url: { secret: "hook" }, sign: { secret: "sign" }, users: ["all", "ou_18eac8"] }),
    bad: [[{ url: { secret: "hook" }, users: ["<at>"] }, "user-id"]],
    never: /^<at id=all>/,
    vendor: () => feishu("SEC0123456789abcdef", "6e5c"),
  },
  {
    ...hook("/hooks/x8fq"),
    kind: kindOf("mattermost"),
    params: () => ({ url: { secret: "hook" }, mention: "@here" }),
    bad: [[{ url: { secret: "hook" }, mention: "here" }, "mention"]],
    never: /@(?:channel|all)|<!|^1\.|(?<!\\)\]\(https:\/\/evil|^# |(?<!\\)\*\*b/m,
    plain: ["fallback"],
    vendor: () => mattermost("/hooks/x8fq"),
  },
  {
    kind: kindOf("ntfy"),
    params: (at) => ({ url: at, topic: { secret: "topic" }, token: { secret: "token" } }),
    secrets: () => ({ topic: "watch-8f2c", token: "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2" }),
    bad: [
      [{ url: "ftp://x", topic: "t" }, "url"],
      [{ topic: "t", token: "tk_x" }, "token"],
    ],
    vendor: () => ntfy("watch-8f2c", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"),
  },
  {
    kind: kindOf("pagerduty"),
    params: (at) => ({ url: `${at}/v2/enqueue`, routing: { secret: "key" }, source: "shop" }),
    secrets: () => ({ key: "e93facc04764012d7bfb002500d5d1a6" }),
    bad: [[{ routing: "e93facc04764012d7bfb002500d5d1a6" }, "routing"]],
    vendor: () => pagerduty("e93facc04764012d7bfb002500d5d1a6"),
  },
  {
    ...hook("/services/T0/B0/XXXX"),
    kind: kindOf("slack"),
    bad: [
      [{ url: { secret: "hook" }, token: { secret: "token" }, channel: "C1" }, "url-or-token"],
      [{ token: { secret: "token" } }, "url-or-token"],
      [{ url: "https://hooks.slack.com/services/T0/B0/XXXX" }, "url"],
    ],
    vendor: () => slack("/services/T0/B0/XXXX"),
  },
  {
    kind: kindOf("sms"),
    params: (at) => ({ url: `${at}/Messages.json`, to: "+8613800000000", ...form("Body") }),
    secrets: () => ({ token: "sms-token-1" }),
    bad: [
      [{ url: "https://a.example", to: "li" }, "phone"],
      [{ url: "https://u:p@a.example", to: "+861380000" }, "url-credentials"],
    ],
    vendor: () => formGateway("AC1", "sms-token-1", "Body", 3 * 153),
  },
  {
    ...hook("/workflows/8a3f/triggers/manual/paths/invoke?sig=abc"),
    kind: kindOf("teams"),
    bad: [[{ url: "https://prod.westeurope.logic.azure.com/workflows/8a3f" }, "url"]],
    never: /(?<!\\)\]\(https|(?<!\\)\*\*b/,
    plain: ["text", "fallbackText", "title"],
    vendor: () => teams("/workflows/8a3f/triggers/manual/paths/invoke"),
  },
  {
    kind: kindOf("voice"),
    params: (at) => ({ url: `${at}/Calls.json`, to: "+8613800000000", form: "twiml", ...form("Twiml") }),
    secrets: () => ({ token: "sms-token-1" }),
    bad: [[{ url: "https://a.example", to: "+861380000", form: "ssml" }, "form"]],
    never: /<\/Say>.*<\/Say>.*<\/Say>|&(?!amp;|lt;|gt;|quot;)/s,
    vendor: () => formGateway("AC1", "sms-token-1", "Twiml", 4_000),
    linkless: true,
  },
  {
    kind: kindOf("webhook"),
    params: (at) => ({ url: `${at}/in`, sign: { secret: "sign" }, headers: { "X-Team": "ops" } }),
    secrets: () => ({ sign: WHSEC }),
    bad: [
      [{ url: "https://a.example", sign: WHSEC }, "sign"],
      [{ url: "https://a.example", headers: { "a b": "c" } }, "header-name"],
    ],
    vendor: () => webhook(WHSEC),
  },
  {
    ...hook("/cgi-bin/webhook/send?key=693a91f6"),
    kind: kindOf("wecom"),
    params: () => ({ url: { secret: "hook" }, users: ["li.ming"] }),
    bad: [[{ url: { secret: "hook" }, users: ["@all"] }, "user-id"]],
    never: /<@|<font color="red"|\]\(https:\/\/evil|^# |\*\*b/m,
    vendor: () => wecom("693a91f6"),
  },
];

for (const one of cases) notifierSuite(one);

test("the registry tells what the receivers of a kind take", async () => {
  assert.deepEqual(await registry.noticeLimits?.("dingtalk"), { bytes: 20_000, perMinute: 20 });
  assert.equal(await registry.noticeLimits?.("pigeon"), undefined);
});

test("every kind that speaks HTTP is in the suite", () => {
  const http = notifiers.filter(({ wire }) => wire === "http").map(({ kind }) => kind);
  assert.deepEqual(cases.map(({ kind }) => kind.kind).toSorted(), http.toSorted());
});
