import type { IncidentShown } from "../../api/contract.ts";
import { clockTimes } from "../../api/today/times.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { UNRANKED } from "../../model/incident-policy.ts";
import type { Lang } from "../../model/lang.ts";
import { plain } from "../../report/escape.ts";
import { entrySay } from "../../report/incident/entry.ts";

/** In whose words and by which clock. */
export interface Speaker {
  readonly lang: Lang;
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const minutes = (ms: number): number => Math.round(ms / 60_000);

/** One clock as a line. */
export function clockSay(clock: IncidentShown["clocks"][number], speaker: Speaker): string {
  const { said, clocks, clockStates } = texts(speaker.lang).incidents;
  const time = clockTimes(speaker.zone, speaker.lang, speaker.now);
  const due = clock.due === undefined ? "" : format(said.due, { at: time(clock.due) });
  return format(said.clock, {
    ...{ clock: clocks[clock.clock], state: clockStates[clock.state], used: minutes(clock.usedMs) },
    ...{ limit: minutes(clock.limitMs), due: `${due}${clock.guessed ? said.guessed : ""}` },
  });
}

function pathSay({ path, alerts }: IncidentShown, lang: Lang): string {
  const { said, outcomes } = texts(lang).incidents;
  if (path.state === "green") {
    const by =
      path.readings.length > 0 && path.readings.every(({ outcome }) => outcome === "pass")
        ? said.byMeasured
        : said.byWord;
    return format(said.path.green, { by });
  }
  const bad = path.readings.filter(({ outcome }) => outcome !== "pass");
  const unread = path.checks.filter((check) => !path.readings.some((one) => one.check === check));
  const open = alerts.filter(({ ended }) => ended === undefined);
  const what = [
    ...bad.map(({ check, outcome }) => `${check}: ${outcomes[outcome]}`),
    ...unread.map((check) => `${check}: ${outcomes.unknown}`),
    ...(path.state === "red" ? open.map(({ id, title }) => `${title} (${id})`) : []),
  ];
  return format(said.path[path.state], { what: what.join(", ") || said.nothingMeasures });
}

/** Incidents, one a block: what, how bad, whose, how late. */
export function listText(all: readonly IncidentShown[], speaker: Speaker): string {
  const { said, states } = texts(speaker.lang).incidents;
  if (all.length === 0) return `${said.none}\n`;
  return all
    .map((one) => {
      const holders = Object.entries(one.roles).map(([role, person]) => `${role}: ${person}`);
      const head = `${one.id}  ${plain(one.priority)}  ${states[one.state]}  ${plain(one.title, 200)}`;
      return [
        head,
        ...one.clocks.map((clock) => `    ${clockSay(clock, speaker)}`),
        ...(holders.length > 0 ? [`    ${plain(holders.join(" · "))}`] : []),
        "",
      ].join("\n");
    })
    .join("");
}

/** Lines of a timeline with their numbers; what is hidden is told as such. */
function timelineLines({ timeline, left }: IncidentShown, speaker: Speaker): readonly string[] {
  const { said } = texts(speaker.lang).incidents;
  const time = clockTimes(speaker.zone, speaker.lang, speaker.now);
  const lines = timeline
    .toSorted((a, b) => a.at - b.at)
    .map((entry) => {
      const { id, at, by, hidden, pinned, edits } = entry;
      const what = hidden
        ? format(said.hidden, { by: hidden.by, reason: hidden.reason })
        : entrySay(entry, speaker.lang);
      const edited = edits ? ` (${format(said.edited, { by: edits.map((one) => one.by).join(", ") })})` : "";
      return `  ${id.padEnd(4)} ${time(at)}  ${pinned ? "* " : ""}${by === undefined ? "" : `${plain(by)}: `}${plain(what, 600)}${edited}`;
    });
  return left === undefined ? lines : [...lines, `  ${format(said.left, { count: left })}`];
}

/** One incident: clocks, path, people, what the manual offers, timeline, actions. */
export function incidentText(one: IncidentShown, speaker: Speaker, today: string): string {
  const { lang } = speaker;
  const { said, states } = texts(lang).incidents;
  const { colon } = texts(lang).cli;
  const offers = one.offers.map(({ kind, id, title, look = "", source }) => {
    const place = source === undefined ? "" : ` (${source.file}:${source.line})`;
    const what =
      kind === "symptom"
        ? `${title} → ${look}`
        : id === undefined
          ? title
          : `${title} · ${format(said.run, { runbook: id })}`;
    return `  ${plain(what, 300)}${place}`;
  });
  const actions = one.actions.map(({ id, text, owner, due, done }) => {
    const state = done ? format(said.actionDone, { by: done.by }) : due < today ? said.actionLate : "";
    return `  ${format(said.action, { id, text, owner, due, state })}`;
  });
  const roles = Object.entries(one.roles).map(([role, person]) => `${role} ${person}`);
  return [
    `${one.id}  ${plain(one.priority)}  ${states[one.state]}  ${plain(one.title, 300)}`,
    ...one.clocks.map((clock) => `  ${clockSay(clock, speaker)}`),
    ...(one.priority === UNRANKED ? [`  ${said.unranked}`] : []),
    `  ${plain(pathSay(one, lang), 600)}`,
    ...(roles.length > 0 ? [`  ${said.roles}${colon}${plain(roles.join(" · "))}`] : []),
    ...(one.room === undefined ? [] : [`  ${said.room}${colon}${plain(one.room)}`]),
    ...(one.sop === undefined ? [] : [`  ${format(said.sop, { file: one.sop.file })}`]),
    ...(one.workaround === undefined
      ? []
      : [`  ${format(said.known, { id: one.workaround.problem, text: one.workaround.text })}`]),
    ...(one.review === undefined ? [] : [`  ${format(said.review, { owner: one.review.owner, due: one.review.due })}`]),
    ...(offers.length > 0 ? ["", said.offered, ...offers] : []),
    ...(actions.length > 0 ? ["", said.actions, ...actions] : []),
    "",
    said.timeline,
    ...timelineLines(one, speaker),
    "",
  ].join("\n");
}
