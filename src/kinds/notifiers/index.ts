// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { NotifierKind } from "../../model/notifier.ts";
import { dingtalkNotifier } from "./dingtalk.ts";
import { emailNotifier } from "./email.ts";
import { feishuNotifier } from "./feishu.ts";
import { mattermostNotifier } from "./mattermost.ts";
import { ntfyNotifier } from "./ntfy.ts";
import { pagerdutyNotifier } from "./pagerduty.ts";
import { slackNotifier } from "./slack.ts";
import { smsNotifier } from "./sms.ts";
import { teamsNotifier } from "./teams.ts";
import { voiceNotifier } from "./voice.ts";
import { webhookNotifier } from "./webhook.ts";
import { wecomNotifier } from "./wecom.ts";

export const notifiers: readonly NotifierKind[] = [
  dingtalkNotifier,
  emailNotifier,
  feishuNotifier,
  mattermostNotifier,
  ntfyNotifier,
  pagerdutyNotifier,
  slackNotifier,
  smsNotifier,
  teamsNotifier,
  voiceNotifier,
  webhookNotifier,
  wecomNotifier,
];
