import { format } from "../../i18n/format.ts";
import { sayBoth, textsIn } from "../../i18n/one.ts";
import type { Texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Plan, PlanParameter } from "../../model/plan.ts";
import { summaryOf } from "../../model/plan-summary.ts";
import { printable } from "../../model/printable.ts";
import { at } from "../../model/source.ts";
import { rolloutText } from "./rollout.ts";
import { gateOf, linesOf } from "./say.ts";
import { stepText } from "./step.ts";
import type { Paint, Shown } from "./step.ts";

/** `3 read / 1 write / 0 destructive / 2 unknown on 2 targets`. */
export async function planSummary(plan: Pick<Plan, "steps" | "targets">, lang: Lang): Promise<string> {
  return format((await textsIn(lang)).plan.summary, summaryOf(plan));
}

/** A plan for a person: where it reaches, every step with its exact bytes, what is missing, and one line that sums it up. */
export async function planText(plan: Plan, lang: Lang, paint: Paint = (_, text) => text): Promise<string> {
  const texts = await textsIn(lang);
  const shown: Shown = { plan, words: texts.plan, paint, colon: texts.words.colon };
  const steps = plan.steps.flatMap((step, index) => [...stepText(step, index + 1, shown), ""]);
  const lines = [
    ...head(shown, texts.show.unstated, texts.runs),
    "",
    ...steps,
    ...missing(shown, texts),
    await planSummary(plan, lang),
  ];
  const { ready, count } = texts.plan;
  const end = plan.missing.length === 0 ? ready : paint("missing", format(count, { count: plan.missing.length }));
  return [...lines, end, ""].join("\n");
}

const objectivesSay = ({ objectives }: NonNullable<Plan["drill"]>, none: string, words: Texts["runs"]): string =>
  objectives.length === 0
    ? none
    : objectives
        .map(
          ({ name, comparison, value, unit }) =>
            `${words.objectives[name]} ${comparison} ${value} ${words.units[unit]}`,
        )
        .join(", ");

/** Hours and guards of a drill. */
function drillSay(drill: Plan["drill"], { labels, ...words }: Texts["plan"]): readonly (readonly [string, string])[] {
  const { window, outsideWindow, guards } = drill ?? {};
  const every = (guards?.everyMs ?? 0) / 1000;
  const names = (guards?.checks ?? []).map(({ id, target }) => printable(target === "local" ? id : `${id}@${target}`));
  return [
    ...(window ? [[labels.window, `${window.from}-${window.to} ${window.zone}`] as const] : []),
    ...(outsideWindow === undefined ? [] : [[labels.outsideWindow, printable(outsideWindow)] as const]),
    ...(guards ? [[labels.guards, format(words.guarded, { names: names.join(", "), every })] as const] : []),
  ];
}

/** Hours in which nothing is broken on purpose, a line for each calendar. */
const sessionsSay = ({ sessions = [] }: Plan, words: Texts["plan"]): readonly string[] =>
  sessions.map(({ id, zone, open, holidays, knownUntil: until }) => {
    const hours = open.map(({ days, from, to }) => `${days.map((day) => words.days[day]).join(" ")} ${from}-${to}`);
    return format(words.session, {
      id: printable(id),
      zone,
      hours: hours.join(", "),
      holidays: holidays.length,
      until,
    });
  });

/** `unstated` says of a value that it is only the default. */
function head({ plan, words, paint, colon }: Shown, unstated: string, runs: Texts["runs"]): readonly string[] {
  const { labels } = words;
  const line = (name: string, text: string): string => `  ${name}${colon}${text}`;
  const title = format(words.head, { title: plan.title, runbook: plan.runbook, environment: plan.environment });
  const { parallel, maxFailures: failures } = plan;
  const rollout = rolloutText(plan, words);
  const posture = words.postures[plan.automation];
  const rolled = format(words.rolled, { parallel, failures });
  return [
    paint("head", title),
    ...(plan.rehearsal ? [`  ${paint("missing", words.rehearsal)}`] : []),
    ...(plan.drill ? [line(labels.drill, objectivesSay(plan.drill, labels.noObjectives, runs))] : []),
    ...drillSay(plan.drill, words).map(([name, text]) => line(name, text)),
    ...sessionsSay(plan, words).map((text) => line(labels.sessions, text)),
    line(labels.digest, plan.digest),
    ...(plan.service === undefined ? [] : [line(labels.service, printable(plan.service))]),
    line(labels.posture, plan.unstated === undefined ? posture : format(unstated, { value: posture })),
    ...plan.targets.map((target) => {
      const lock = format(words.lock, { lock: target.lock });
      const env = Object.entries(target.env).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      const { seat } = target;
      const place = seat
        ? [
            format(words.seat, { where: printable(seat.where) }),
            ...(seat.login === undefined ? [] : [format(words.login, { login: printable(seat.login) })]),
          ]
        : [];
      return line(labels.targets, [printable(target.name), target.kind, ...place, lock, ...env].join(" · "));
    }),
    ...(plan.targets.length > 1
      ? [line(labels.batches, `${plan.batches.map((names) => names.join(", ")).join(" | ")} · ${rolled}`)]
      : []),
    ...(rollout === undefined ? [] : [line(labels.rollout, rollout)]),
    ...plan.parameters.map((one) => line(labels.parameters, parameter(one, words))),
    ...plan.files.map(({ path, sha256 }) => line(labels.files, `${printable(path)} sha256:${sha256}`)),
    ...(plan.gate ? [line(labels.approval, gateOf(plan.gate, words))] : []),
  ];
}

/** Values as JSON strings: where one begins and ends is seen, and nothing in it is obeyed. */
const parameter = ({ name, value, secret }: PlanParameter, words: Texts["plan"]): string =>
  `${name} = ${secret ? format(words.secret, { reference: value }) : linesOf(JSON.stringify(value)).join("")}`;

function missing({ plan, words, paint, colon }: Shown, texts: Texts): readonly string[] {
  if (plan.missing.length === 0) return [];
  const said: Texts["words"] = { ...texts.words, ...words.risks };
  return [
    `${paint("missing", words.labels.missing)}${colon}`.trimEnd(),
    ...plan.missing.flatMap(({ code, args, step, source }) => {
      const { say, fix } = sayBoth(words.missing, code, args, said);
      const place = [...(source ? [printable(at(source))] : []), ...(step === undefined ? [] : [printable(step)])];
      return [`  ${[...place, ""].join("  ")}${say}`, paint("dim", `      ${fix}`)];
    }),
    "",
  ];
}
