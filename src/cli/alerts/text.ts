import { clockTimes } from "../../api/today/times.ts";
import { isOn, matcherText, type Silence } from "../../model/silence.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Why } from "../../desk/alert/index.ts";
import type { Alert, AlertGroup, Decision, Hold, NoticeRecord, Receiver } from "../../model/alert.ts";
import type { Lang } from "../../model/lang.ts";
import { plain } from "../../report/escape.ts";
import { alertLine, becauseSay, saidOf } from "../../report/notice/words.ts";

/** In whose words and by which clock. */
export interface Speaker {
  readonly lang: Lang;
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const timeOf = ({ lang, zone, now }: Speaker): ((at: number) => string) => clockTimes(zone, lang, now);

const who = ({ channel, person }: Receiver): string => (person === undefined ? channel : `${channel} (${person})`);

export function holdSay(hold: Hold, lang: Lang): string {
  const { holds } = texts(lang).alerts;
  if (hold.by === "silence")
    return format(hold.run === undefined ? holds.silence : holds.run, {
      ...{ name: hold.silence, author: hold.author, reason: hold.reason },
    });
  return format(holds[hold.by], "alert" in hold ? { name: hold.alert, title: hold.title } : { name: hold.name });
}

const isHold = (by: unknown): by is Hold["by"] =>
  ["worse", "parent", "window", "quiet", "silence"].includes(String(by));

function decisionSay({ did, args }: Decision, lang: Lang): string {
  const words = texts(lang).alerts;
  const why = isHold(args["by"]) ? format(words.holds["run" in args ? "run" : args["by"]], args) : "";
  const said = did === "acknowledged" && args["note"] !== undefined ? words.did.noted : words.did[did];
  return format(said, { ...args, why });
}

/** Who has an open alert, who was told of it, or why nobody is; empty for one that is over. */
export function stateSay(alert: Alert, groups: readonly AlertGroup[], speaker: Speaker): string {
  const { lang } = speaker;
  const words = texts(lang).alerts.said;
  const time = timeOf(speaker);
  if (alert.ended !== undefined) return "";
  const group = groups.find(({ members }) => members.includes(alert.id));
  const ack = group?.ack?.alerts.includes(alert.id) ? group.ack : undefined;
  const acked = ack && format(words.acked, { by: ack.by, until: time(ack.until) });
  if (alert.hold)
    return [acked, format(words.held, { why: plain(holdSay(alert.hold, lang)) })].filter(Boolean).join(" · ");
  if (acked) return acked;
  const told = group?.told.filter(({ alerts: ids }) => ids.includes(alert.id)) ?? [];
  const heard = told.filter((one) => one.heard);
  if (heard.length > 0) return format(words.told, { receivers: heard.map(who).join(", ") });
  return told.length === 0 ? words.nobody : format(words.telling, { receivers: told.map(who).join(", ") });
}

/** Alerts that are open, one a line with who has it or why nobody is told. */
export function listText(alerts: readonly Alert[], groups: readonly AlertGroup[], speaker: Speaker): string {
  const { lang } = speaker;
  const words = texts(lang).alerts.said;
  if (alerts.length === 0) return `${words.none}\n`;
  const open = alerts.filter(({ ended }) => ended === undefined).length;
  const lines = alerts.flatMap((alert) => {
    const more = [...saidOf(alert, lang).map((one) => plain(one, 200)), stateSay(alert, groups, speaker)].filter(
      (one) => one !== "",
    );
    return [
      `${alert.id}  ${plain(alert.severity)}  ${plain(alertLine(alert, speaker), 300)}`,
      ...more.map((one) => `            ${one}`),
    ];
  });
  return [format(words.head, { count: open }), ...lines, ""].join("\n");
}

function noticeLines(notice: NoticeRecord, speaker: Speaker): readonly string[] {
  const { lang } = speaker;
  const { said, states, events } = texts(lang).alerts;
  const { reasons } = texts(lang).notifiers;
  const time = timeOf(speaker);
  const { at, event, state, because, attempts } = notice;
  const args = { at: time(at), event: events[event], receiver: who(notice), state: states[state] };
  const failed = attempts.filter(({ outcome }) => outcome !== "delivered");
  const say = (reason: string): string =>
    Object.hasOwn(reasons, reason)
      ? (reasons as Readonly<Record<string, { readonly say: string }>>)[reason]!.say
      : reason;
  return [
    `  ${format(said.notice, { ...args, because: becauseSay(because, lang) })}`,
    ...failed.map(
      ({ at: tried, reason = "", args: values = {} }) =>
        `    ${format(said.attempt, { at: time(tried), why: plain(format(say(reason), values), 200) })}`,
    ),
  ];
}

const LATER = {
  ...({ acknowledged: "laterAcked", over: "laterOver", held: "laterHeld", due: "laterDue" } as const),
  ...({ nobody: "laterNobody", unreached: "laterUnreached" } as const),
};

/** Who was told, when and by what; who was not, and why. */
export function whyText({ alert, notices, notTold }: Why, speaker: Speaker): string {
  const { lang } = speaker;
  const { said } = texts(lang).alerts;
  const time = timeOf(speaker);
  const { rule, target, severity, source, trail } = alert;
  const later = notTold.map(
    ({ step, receivers, why, by = "", at }) =>
      `  ${format(said[LATER[why]], { step, receivers: receivers.join(", "), by, at: at === undefined ? "–" : time(at) })}`,
  );
  return [
    `${alert.id}  ${plain(alertLine(alert, speaker), 300)}`,
    ...saidOf(alert, lang).map((one) => `  ${plain(one, 300)}`),
    `${format(said.rule, { rule, target, severity })}${source === undefined ? "" : ` (${source.file}:${source.line})`}`,
    "",
    said.decided,
    ...trail.map((decision) => `  ${time(decision.at)}  ${plain(decisionSay(decision, lang), 300)}`),
    "",
    said.whom,
    ...(notices.length === 0 ? [`  ${said.noNotice}`] : notices.flatMap((notice) => noticeLines(notice, speaker))),
    ...(later.length === 0 ? [] : ["", said.whomNot, ...later]),
    "",
  ].join("\n");
}

/** Silences that hold, or will. */
export function silencesText(silences: readonly Silence[], speaker: Speaker): string {
  const words = texts(speaker.lang).alerts.said;
  const time = timeOf(speaker);
  const here = silences.filter((one) => isOn(one, speaker.now) || one.starts > speaker.now);
  if (here.length === 0) return `${words.noSilences}\n`;
  const line = ({ id, matchers, ends, by, reason }: Silence): string =>
    format(words.silence, {
      id,
      matchers: matchers.map(matcherText).join(" ") || "*",
      ends: time(ends),
      by,
      reason: plain(reason),
    });
  return `${here.map(line).join("\n")}\n`;
}
