import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import type { Book } from "../model/book.ts";
import type { Lang } from "../model/lang.ts";
import { inspectionJson, reportView, terminalText, verifyLine } from "../report/inspection/index.ts";
import type { Paint } from "../report/inspection/terminal.ts";
import { daemonAt } from "./client.ts";
import { alone } from "./inspect/alone.ts";
import { answerAlone, answerHint, answersOf, answerThrough } from "./inspect/answers.ts";
import { throughDaemon } from "./inspect/daemon.ts";
import { exitOf, type Done } from "./inspect/done.ts";
import type { Call, Verb } from "./verb.ts";

const COLOURS: Readonly<Record<Parameters<Paint>[0], string>> = {
  pass: "32",
  warn: "33",
  fail: "31",
  unknown: "35",
  open: "36",
  dim: "2",
};

/** Colour on a terminal only, and never when NO_COLOR asks for none. */
const painter = ({ world }: Call): Paint =>
  world.stdout.isTTY && !world.env["NO_COLOR"]
    ? (outcome, text) => `\u001B[${COLOURS[outcome]}m${text}\u001B[0m`
    : (_, text) => text;

/** Does a duty now, through the daemon when one owns the data; prints what was seen and where the proof lies. */
export const inspect: Verb = {
  name: "inspect",
  words: 1,
  options: {
    by: { type: "string" },
    period: { type: "string" },
    "no-ask": { type: "boolean" },
    answer: { type: "string", multiple: true },
    note: { type: "string" },
    open: { type: "boolean" },
  },
  run: async (call) => {
    const { book, done, lang } = await doneBy(call);
    const { inspection, ...places } = done;
    if (call.json) call.world.stdout.write(`${JSON.stringify(inspectionJson(inspection, places, lang), null, 2)}\n`);
    else call.world.stdout.write(tell(call, book, done, lang));
    for (const { say, fix } of done.problems)
      call.world.stderr.write(`${texts(lang).cli.error}${texts(lang).cli.colon}${say}\n  ${fix}\n`);
    return exitOf(done, call.world.signal.aborted);
  },
};

/** Does the duty or takes answers, here or through the daemon. */
async function doneBy(call: Call): Promise<{ readonly book: Book; readonly done: Done; readonly lang: Lang }> {
  const answers = answersOf(call);
  const client = await daemonAt(call.data, call.world.clock);
  if (answers !== undefined) return client ? answerThrough(call, client, answers) : answerAlone(call, answers);
  if (client) return throughDaemon(call, client);
  const { open, ...rest } = await alone(call);
  return { book: open.book, ...rest };
}

/** The table for people, and below it where report and evidence lie. */
function tell(call: Call, book: Book, done: Done, lang: Lang): string {
  const words = texts(lang).inspect.said;
  const where = { root: call.book, data: call.data };
  const view = reportView(book, [done.inspection], undefined, () => undefined);
  const lines: string[] = [
    ...(done.report === null ? [] : [format(words.report, { path: done.report })]),
    ...(done.evidence === null
      ? []
      : [
          format(words.evidence, { path: done.evidence }),
          format(words.verify, { command: verifyLine(done.evidence, where) }),
        ]),
  ];
  const hint = answerHint(done.inspection, call, lang);
  if (hint !== "") lines.push(hint);
  return `${terminalText(view, lang, painter(call))}\n${lines.map((line) => `${line}\n`).join("")}`;
}
