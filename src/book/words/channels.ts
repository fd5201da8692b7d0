import { LONGEST_CELL, fold, words } from "./matcher.ts";
import type { Words } from "./matcher.ts";

/** Kinds of channels, most special first (企业微信 before 微信). */
const KINDS: readonly (readonly [kind: string, words: Words])[] = [
  ["wecom", words(["企业微信", "企微", "wecom", "wechat work"])],
  ["wechat", words(["微信", "wechat"], ["企业微信"])],
  ["dingtalk", words(["钉钉", "dingtalk", "ding talk"])],
  ["feishu", words(["飞书", "feishu", "lark"])],
  ["email", words(["电子邮件", "邮件", "邮箱", "email", "e-mail", "mail"])],
  ["sms", words(["短信", "sms", "text message"])],
  ["phone", words(["电话", "语音", "phone call", "phone", "voice call", "telephone"])],
  ["slack", words(["slack"])],
  ["teams", words(["teams", "microsoft teams", "ms teams"])],
  ["pagerduty", words(["pagerduty", "pager duty"])],
  ["opsgenie", words(["opsgenie"])],
  ["telegram", words(["telegram"])],
  ["discord", words(["discord"])],
  ["mattermost", words(["mattermost"])],
  ["webhook", words(["webhook", "web hook"])],
];

/** Kind of the channel that a text names as a whole (`电子邮件`, `Slack #alerts`), or undefined. */
export function channelKind(name: string): string | undefined {
  if (name.length > LONGEST_CELL) return undefined;
  const folded = fold(name)
    .replace(/\s*[#@][\w-]+$/, "")
    .replace(/\s*(?:群|群组|机器人|频道|告警频道|通知|告警|alerts?|channel|bot|group|notifications?)$/, "");
  return KINDS.find(([, names]) => names.is(folded))?.[0];
}

/** Kinds of all channels named in a clause. */
export const channelKinds = (clause: string): readonly string[] => {
  const folded = fold(clause);
  return KINDS.filter(([, names]) => names.in(folded)).map(([kind]) => kind);
};

export const CHANNEL_HEADING = words([
  ...["告警通道", "告警渠道", "通知渠道", "通知通道", "通知方式", "报警渠道", "报警方式", "告警方式", "告警通知"],
  ...[
    "notification channel",
    "alert channel",
    "alerting channel",
    "alert notification",
    "notification route",
    "alert route",
    "paging channel",
  ],
]);
const SENDS = words([
  "通知",
  "发送",
  "推送",
  "呼叫",
  "拨打",
  "发到",
  "notify",
  "notified",
  "send",
  "sent",
  "post",
  "posted",
  "page",
  "paged",
  "call",
]);
const NOT = words(["不", "无需", "不用", "不会", "never", "not", "no", "without", "don't"]);

/** Channels that a definition sends to, clause by clause; clauses with a negation say nothing. */
export const sentTo = (definition: string): readonly string[] => [
  ...new Set(
    fold(definition)
      .split(/[,,;;。.]\s*/)
      .filter((clause) => SENDS.in(clause) && !NOT.in(clause))
      .flatMap(channelKinds),
  ),
];
