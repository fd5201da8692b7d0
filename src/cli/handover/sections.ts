import type { Status } from "../../api/contract.ts";
import { clockTimes } from "../../api/today/times.ts";
import { shifts, type Called } from "../../desk/rota/index.ts";
import { timetable } from "../../engine/schedule.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Alert, AlertGroup } from "../../model/alert.ts";
import type { Coverage } from "../../model/coverage.ts";
import { spanOf } from "../../model/freeze.ts";
import type { Gap } from "../../model/gap.ts";
import type { HandoverItem, HandoverSection } from "../../model/handover.ts";
import type { Incident } from "../../model/incident.ts";
import type { Problem } from "../../model/problem.ts";
import { isOn, matcherText, type Silence } from "../../model/silence.ts";
import { alertItems } from "./alerts.ts";
import { privilegeItems, type Privileged } from "./privileges.ts";
import { incidentItems, isOfIncidents, problemItems } from "./incidents.ts";
import type { Lang } from "../../model/lang.ts";
import type { Rota } from "../../model/rota.ts";
import { reachable } from "../../model/rota/of-book.ts";
import type { Lock, RunRecord } from "../../model/run.ts";
import { namedSay } from "../rota/text.ts";
import { whose } from "../rota/whose.ts";

/** All that a hand-over is written from, at one moment. */
export interface Gathered extends Privileged {
  readonly status: Pick<Status, "troubles">;
  readonly rotas: readonly Rota[];
  /** Runs that have not ended. */
  readonly runs: readonly RunRecord[];
  readonly locks: readonly Lock[];
  /** Open ones, and groups that go on. */
  readonly alerts: readonly Alert[];
  readonly groups: readonly AlertGroup[];
  readonly silences: readonly Silence[];
  readonly gaps: readonly Gap[];
  /** About which somebody still has to do something, and problems that are open. */
  readonly incidents: readonly Incident[];
  readonly problems: readonly Problem[];
  readonly coverage: Pick<Coverage, "undrilled" | "overdue">;
}

/** Times of one duty that are told one by one. */
const TOLD = 3;
/** Times that are counted. */
const COUNTED = 1_000;

const wordsOf = (lang: Lang) => texts(lang).handover.page;
const isDuty = (kind: string): boolean => kind.startsWith("duty-") || kind === "backup-missed";
/** Told in a part of their own. */
const isOfElse = (kind: string): boolean =>
  kind === "alert-open" ||
  kind === "run-waits" ||
  kind === "run-paused" ||
  kind === "emergency-on" ||
  isOfIncidents(kind);

const said = ({ say, fix, source }: Status["troubles"][number]): HandoverItem => ({
  say,
  fix,
  ...(source !== null && { source }),
});

/** Whoever an answer may be, for `namedSay`. */
const called = ({ book }: Gathered, ids: readonly string[]): readonly Called[] =>
  ids.map((person) => ({ person, ...reachable(book, person) }));

function onCallItems(all: Gathered): readonly HandoverItem[] {
  const { rotas, now, until, lang } = all;
  return rotas.flatMap((rota) => {
    const time = clockTimes(rota.zone, lang, now);
    const { file, line } = rota.source;
    return whose(shifts(rota, now, until)).map(({ from, until: end, answer }) => {
      const ids = answer.state === "on" ? [answer.person] : answer.state === "unknown" ? answer.candidates : [];
      const because = answer.state === "gap" ? null : answer.because;
      const who = `${rota.title} · ${namedSay({ state: answer.state, who: called(all, ids), because }, lang)}`;
      return { say: format(wordsOf(lang).shift, { who, from: time(from), to: time(end) }), source: { file, line } };
    });
  });
}

function runItems({ runs, lang }: Gathered): readonly HandoverItem[] {
  const words = wordsOf(lang);
  const { states } = texts(lang).runs;
  return runs.map(({ id, title, environment, state, done, total, by, reason }) => ({
    say: format(words.run, { run: id, title, environment, state: states[state], done, total, by, reason }),
    fix: format(words.runFix, { run: id }),
  }));
}

function holdItems({ locks, silences, book, now, lang }: Gathered): readonly HandoverItem[] {
  const words = wordsOf(lang);
  const time = clockTimes(book.zone, lang, now);
  const held = locks
    .filter(({ expires }) => expires > now)
    .map(({ key, run, by, reason }) => ({ say: format(words.lock, { key, run, by, reason }) }));
  const frozen = book.config.freezes.flatMap((freeze) => {
    const { begins, ends } = spanOf({ ...freeze, zone: book.zone });
    if (now < begins || now >= ends) return [];
    const to = Number.isFinite(ends) ? time(ends) : words.open;
    const { file, line } = freeze.source;
    return [{ say: format(words.freeze, { id: freeze.id, to, reason: freeze.reason }), source: { file, line } }];
  });
  const silent = silences
    .filter((one) => isOn(one, now))
    .map(({ id, matchers, by, reason, ends }) => ({
      say: format(words.silence, { what: matchers.map(matcherText).join(" ") || "*", by, to: time(ends), reason }),
      fix: format(words.silenceFix, { id: id.slice(0, 6) }),
    }));
  return [...held, ...frozen, ...silent];
}

function unprovenItems({ coverage, lang }: Gathered): readonly HandoverItem[] {
  const words = wordsOf(lang);
  return [
    ...coverage.undrilled.map(({ title, source }) => ({ say: format(words.undrilled, { title }), source })),
    ...coverage.overdue.map(({ title, last, days, limit, source }) => ({
      say: format(words.stale, { title, last, days, limit }),
      source,
    })),
  ].map(({ say, source: { file, line } }) => ({ say, source: { file, line } }));
}

/** Open questions: they stand in every hand-over until the manual answers them. */
function questionItems({ gaps, lang }: Gathered): readonly HandoverItem[] {
  const words = wordsOf(lang);
  return gaps
    .filter(({ closed }) => closed === undefined)
    .map(({ id, question, by, owner, due }) => {
      const who = owner === undefined ? "" : format(words.owner, { owner });
      const until = due === undefined ? "" : format(words.dueBy, { due });
      const say = format(words.question, { question, by, owner: who, due: until });
      return { say, fix: format(words.questionFix, { id }) };
    });
}

/** Duties that fall due between two moments, those that a machine does by itself too. */
export function dueItems({
  book,
  lang,
  now,
  until,
}: Pick<Gathered, "book" | "lang" | "now" | "until">): readonly HandoverItem[] {
  const words = wordsOf(lang);
  const time = clockTimes(book.zone, lang, now);
  return book.duties.flatMap((duty) => {
    const times = timesOf(timetable(duty, book.zone), now, until);
    if (times.length === 0) return [];
    const count = times.length - TOLD;
    const more = count > 0 ? format(words.more, { count }) : "";
    const { file, line } = duty.source;
    return [
      {
        say: format(words.duty, { title: duty.title, times: times.slice(0, TOLD).map(time), more }),
        fix: duty.run === undefined ? format(words.dutyFix, { duty: duty.id }) : words.byItself,
        source: { file, line },
      },
    ];
  });
}

function timesOf(table: ReturnType<typeof timetable>, now: number, until: number): readonly number[] {
  const times: number[] = [];
  if (table === undefined) return times;
  while (times.length < COUNTED) {
    const [next] = table.next(times.at(-1) ?? now, 1);
    if (next === undefined || next >= until) break;
    times.push(next);
  }
  return times;
}

/** Every part of a hand-over, in the document's order. Pure. */
export function sectionsOf(all: Gathered): readonly HandoverSection[] {
  const { troubles } = all.status;
  return [
    { id: "on-call", items: onCallItems(all) },
    {
      id: "troubles",
      items: troubles.filter(({ kind }) => !isDuty(kind) && !isOfElse(kind)).map(said),
    },
    { id: "alerts", items: alertItems(all) },
    { id: "incidents", items: incidentItems(all) },
    { id: "problems", items: problemItems(all) },
    { id: "overdue", items: troubles.filter(({ kind }) => isDuty(kind)).map(said) },
    { id: "runs", items: runItems(all) },
    { id: "holds", items: holdItems(all) },
    { id: "privileges", items: privilegeItems(all) },
    { id: "unproven", items: unprovenItems(all) },
    { id: "questions", items: questionItems(all) },
    { id: "due", items: dueItems(all) },
  ];
}
