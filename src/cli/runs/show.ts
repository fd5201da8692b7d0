import type { RunShown } from "../../engine/run/control/shown.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import { isEnded } from "../../model/run.ts";
import { columns } from "../../report/columns.ts";
import { momentSay } from "../../report/inspection/say.ts";
import { planSummary } from "../../report/plan/text.ts";
import { resultJson, resultLines } from "../run/result.ts";
import { commandLine, secondsSay } from "../run/words.ts";
import type { Call } from "../verb.ts";
import { deskOf } from "./at.ts";
import type { RunsDesk } from "./desk.ts";

/** One run: where every step stands, what it waits for and how to answer, locks, evidence. */
export async function show(call: Call, name: string): Promise<Exit> {
  await using desk = await deskOf(call);
  const run = await desk.show(name);
  const { lang, book } = desk;
  const { stdout } = call.world;
  if (call.json) {
    const { plan, view, locks, held, attempts } = run;
    const result = resultJson(call, run, lang, book.zone) as object;
    const { gates, outputs, paused, cancelled } = view;
    const more = {
      record: run.record,
      gates,
      outputs,
      paused,
      cancelled,
      attempts,
      locks,
      windows: run.windows,
      held: held ?? null,
      plan,
    };
    stdout.write(`${JSON.stringify({ ...result, ...more }, null, 2)}\n`);
    return EXIT.ok;
  }
  stdout.write(`${(await lines(call, desk, run)).join("\n")}\n`);
  return EXIT.ok;
}

async function lines(call: Call, { lang, book, pid }: RunsDesk, run: RunShown): Promise<readonly string[]> {
  const { record, plan } = run;
  const { said } = texts(lang).run;
  const state = texts(lang).runs.states[record.state];
  const { id, title, runbook, environment, by, reason, created, digest } = record;
  const { done, total } = run.view;
  const open = !isEnded(record.state);
  return [
    format(said.head, { run: id, title, runbook, environment, state, done, total }),
    `  ${format(said.asked, { by, at: momentSay(created, book.zone), reason: reason || "–" })}`,
    `  ${format(said.plan, { digest })} · ${await planSummary(plan, lang)}`,
    "",
    table(run, lang).trimEnd(),
    "",
    ...locks(run, book.zone, lang),
    ...windows(run, book.zone, lang),
    ...resultLines(call, run, lang, book.zone),
    ...(open && pid === undefined ? [format(said.left, { command: commandLine(call, "runs", "resume", id) })] : []),
  ];
}

function table({ steps }: RunShown, lang: RunsDesk["lang"]): string {
  const { said, tasks } = texts(lang).run;
  const head = said.columns;
  const rows = steps.map(({ id, target, state, attempts, seconds }) => [
    id,
    target,
    tasks[state],
    String(attempts),
    attempts === 0 ? "–" : secondsSay(seconds, lang),
  ]);
  return columns([[head.step, head.target, head.state, head.attempts, head.seconds], ...rows]);
}

/** When nobody was told, for it changed its service; what was opened for many targets is one time. */
const windows = ({ windows: all, plan }: RunShown, zone: string, lang: RunsDesk["lang"]): readonly string[] => {
  const lines = all.map(({ starts, ends, ended }) =>
    format(texts(lang).run.said.window, {
      service: plan.service ?? "",
      from: momentSay(starts, zone),
      to: momentSay(Math.min(ends, ended?.at ?? ends), zone),
    }),
  );
  return [...new Set(lines)];
};

function locks({ locks: mine, held }: RunShown, zone: string, lang: RunsDesk["lang"]): readonly string[] {
  const { said } = texts(lang).run;
  return [
    ...(mine.length === 0 ? [] : [said.locks]),
    ...mine.map(({ key, taken }) => `  ${format(said.lock, { key, since: momentSay(taken, zone) })}`),
    ...(held ? [format(said.held, { ...held, since: momentSay(held.taken, zone) })] : []),
  ];
}
