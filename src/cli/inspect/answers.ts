import { existsSync } from "node:fs";
import { join } from "node:path";
import { openBook } from "../../book/open.ts";
import { answer, openRun, recover, type AnswerRequest, type GivenAnswer } from "../../engine/inspect.ts";
import { format } from "../../i18n/format.ts";
import { program, quote } from "../../i18n/program.ts";
import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";
import type { Lang } from "../../model/lang.ts";
import type { Client } from "../client.ts";
import { namedDuty } from "../duty.ts";
import { aboutOf, hold } from "../hold.ts";
import type { Call } from "../verb.ts";
import { byOf, mayAsk, openHere, said } from "./alone.ts";
import { asking } from "./ask.ts";
import { dutyOf } from "./daemon.ts";
import type { Done } from "./done.ts";

const OUTCOMES: Readonly<Record<string, GivenAnswer["outcome"]>> = { pass: "pass", fail: "fail", skip: "skipped" };

/**
 * Answers of `--answer ITEM=pass|fail|skip`, all with the note of `--note`; "ask" for `--open`; undefined when neither
 * is there. Throws WatchbookError ANSWER-FORM, ANSWER-NOTE or ANSWER-OR-OPEN.
 */
export function answersOf({ values }: Pick<Call, "values">): readonly GivenAnswer[] | "ask" | undefined {
  const { answer: given, note } = values;
  if (given === undefined && note !== undefined) throw new WatchbookError("ANSWER-NOTE");
  if (!Array.isArray(given)) return values["open"] === true ? "ask" : undefined;
  if (values["open"] === true) throw new WatchbookError("ANSWER-OR-OPEN");
  return given.map((text) => {
    const [, item, word = ""] = /^(.*\S)\s*=\s*(\w+)$/su.exec(String(text)) ?? [];
    const outcome = Object.hasOwn(OUTCOMES, word) ? OUTCOMES[word] : undefined;
    if (item === undefined || outcome === undefined) throw new WatchbookError("ANSWER-FORM", { given: String(text) });
    return { item, outcome, ...(typeof note === "string" && note.trim() !== "" && { note: note.trim() }) };
  });
}

interface Answered {
  readonly book: Book;
  readonly done: Done;
  readonly lang: Lang;
}

/** Where answers go: this process, or the daemon that owns the data. */
interface Desk {
  open(): Promise<Inspection>;
  answer(request: Omit<AnswerRequest, "period">): Promise<Done>;
}

/** Answers what the present period's run left open, in this process. */
export async function answerAlone(call: Call, wanted: readonly GivenAnswer[] | "ask"): Promise<Answered> {
  const open = await openHere(call);
  const lang = call.values["lang"] === undefined ? open.book.lang : call.lang;
  const duty = namedDuty(open.book, call.positionals[0]);
  // Where nothing was ever recorded no data directory is made to say so.
  if (!existsSync(join(call.data, "state.db"))) throw new WatchbookError("ANSWER-NO-RUN", { duty: duty.id });
  const period = periodOf(call);
  await using held = await hold(call.world, call.data, aboutOf(call));
  const left = await recover(held.house, open);
  const desk: Desk = {
    open: () => openRun(held.house, open, duty.id, period),
    answer: async (request) => {
      const result = await answer(held.house, open, duty.id, { ...request, period });
      return {
        inspection: result.inspection,
        report: result.report ?? null,
        evidence: result.evidence?.directory ?? null,
        problems: said([...left, ...result.problems], lang),
      };
    },
  };
  return { book: open.book, done: await answerAt(desk, call, wanted, lang), lang };
}

/** The same through the daemon that owns the data. */
export async function answerThrough(
  call: Call,
  client: Client,
  wanted: readonly GivenAnswer[] | "ask",
): Promise<Answered> {
  const { book } = await openBook(call.book, { tolerant: true });
  const lang = call.values["lang"] === undefined ? book.lang : call.lang;
  const { id } = await dutyOf(client, call.positionals[0], book.title);
  const period = periodOf(call);
  const path = `/api/v1/duties/${encodeURIComponent(id)}`;
  const named = period === undefined ? "" : `&period=${encodeURIComponent(period)}`;
  const desk: Desk = {
    open: () => client.get<Inspection>(`${path}/open?lang=${lang}${named}`),
    answer: (request) => client.post<Done>(`${path}/answer?lang=${lang}`, { ...request, period }, call.world.signal),
  };
  return { book, done: await answerAt(desk, call, wanted, lang), lang };
}

const periodOf = ({ values }: Call): string | undefined =>
  typeof values["period"] === "string" ? values["period"] : undefined;

async function answerAt(desk: Desk, call: Call, wanted: readonly GivenAnswer[] | "ask", lang: Lang): Promise<Done> {
  if (wanted !== "ask") return desk.answer({ by: byOf(call), answers: wanted });
  const run = await desk.open();
  const answers = await askOpen(run, call, lang);
  // Whoever leaves in the middle has answered nothing: no half of it is recorded.
  call.world.signal.throwIfAborted();
  if (answers.length > 0) return desk.answer({ by: byOf(call), answers });
  call.world.stderr.write(`${texts(lang).inspect.said.noneAnswered}\n`);
  return { inspection: run, report: null, evidence: null, problems: [] };
}

/** Puts every open item to the person at the terminal. Throws ANSWER-NO-TERMINAL where nobody can be asked. */
async function askOpen(run: Inspection, call: Call, lang: Lang): Promise<readonly GivenAnswer[]> {
  const open = run.items.filter(({ outcome }) => outcome === "open");
  if (!mayAsk(call))
    throw new WatchbookError("ANSWER-NO-TERMINAL", { duty: run.duty, known: open.map(({ text }) => text) });
  const answers: GivenAnswer[] = [];
  using person = asking(call.world, lang, open.length);
  for (const item of open) {
    const given = await person.ask(item);
    if (given) answers.push({ item: item.id, ...given });
  }
  return answers;
}

/** How to answer what is still open, as it can be typed here; "" when nothing is. */
export function answerHint({ duty, items }: Inspection, { values }: Pick<Call, "values">, lang: Lang): string {
  const open = items.filter(({ outcome }) => outcome === "open").length;
  if (open === 0) return "";
  const places = ["book", "data"].flatMap((name) => {
    const given = values[name];
    return typeof given === "string" ? [`--${name}`, quote(given)] : [];
  });
  const command = [program(), "inspect", quote(duty), ...places].join(" ");
  return format(texts(lang).inspect.said.answerLater, { open, command });
}
