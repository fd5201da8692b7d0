import { userInfo } from "node:os";
import { openBook } from "../../book/open.ts";
import type { House, OpenBook } from "../../engine/house.ts";
import { inspectAnyway, needsPerson, recover, type Progress } from "../../engine/inspect.ts";
import { format } from "../../i18n/format.ts";
import { sayError, texts } from "../../i18n/texts.ts";
import type { WatchbookError } from "../../model/error.ts";
import type { DutyItem } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import { plain } from "../../report/escape.ts";
import { outcomeSay } from "../../report/inspection/index.ts";
import { isUnwritten } from "../../store/refusal.ts";
import { namedDuty } from "../duty.ts";
import { openLocal } from "../hold.ts";
import { holdOrLook } from "../look.ts";
import type { Call, World } from "../verb.ts";
import { asking } from "./ask.ts";
import type { Done } from "./done.ts";

/** Name of whoever is at the terminal, unless `--by` says it. */
export const byOf = ({ values }: Pick<Call, "values">): string =>
  typeof values["by"] === "string" && values["by"].trim() !== "" ? values["by"].trim() : userInfo().username;

/** A person is asked at a terminal only, and never when `--no-ask` says so. */
export const mayAsk = ({ world, values }: Pick<Call, "world" | "values">): boolean =>
  values["no-ask"] !== true && world.stdin.isTTY && world.stderr.isTTY;

export const said = (problems: readonly WatchbookError[], lang: Lang): Done["problems"] =>
  problems.map((problem) => ({ code: problem.code, ...sayError(problem, lang) }));

/** One line that is written over itself; nothing where there is no terminal. */
export function progress(world: Pick<World, "stderr">, open: OpenBook, lang: Lang): (progress: Progress) => void {
  const words = texts(lang).inspect.said;
  if (!world.stderr.isTTY) return () => undefined;
  const titles = new Map(open.book.checks.map((check) => [check.id, check.title]));
  return ({ done, total, reading }) => {
    if (!reading) {
      world.stderr.write(format(words.begins, { total }));
      return;
    }
    const title = `${outcomeSay(reading.outcome, lang)} ${plain(titles.get(reading.check) ?? reading.check, 60)}`;
    const line = format(words.progress, { done, total, title });
    world.stderr.write(done < total ? `\r\u001B[K${line}` : "\r\u001B[K");
  };
}

/** The manual as it lies in the folder, with what git says of it. */
export async function openHere(call: Call): Promise<OpenBook> {
  const registry = await call.world.registry();
  await using reach = await openLocal(registry, call.book);
  return await openBook(call.book, { reach });
}

/** Settles what is left of earlier runs; a disk that takes nothing leaves it as it is. */
async function recovered(house: House, open: OpenBook): Promise<readonly WatchbookError[]> {
  try {
    return await recover(house, open);
  } catch (error) {
    if (!isUnwritten(error)) throw error;
    return [error];
  }
}

/** Does the duty in this process, which takes the data directory for the time. */
export async function alone(
  call: Call,
): Promise<{ readonly open: OpenBook; readonly done: Done; readonly lang: Lang }> {
  const { world, values } = call;
  const open = await openHere(call);
  const lang = values["lang"] === undefined ? open.book.lang : call.lang;
  // A wrong name is said before anything is made on the disk.
  const duty = namedDuty(open.book, call.positionals[0]);
  await using held = await holdOrLook(call, { works: true });
  const left = held.refused === undefined ? await recovered(held.house, open) : [];
  const count = duty.items.filter(needsPerson).length;
  using person = mayAsk(call) && count > 0 ? asking(world, lang, count) : undefined;
  const options = {
    by: byOf(call),
    ask: person && ((item: DutyItem) => person.ask(item)),
    signal: world.signal,
    onProgress: progress(world, open, lang),
    period: typeof values["period"] === "string" ? values["period"] : undefined,
  };
  const result = await inspectAnyway(held.house, open, duty.id, options, held.refused);
  const done: Done = {
    inspection: result.inspection,
    report: result.report ?? null,
    evidence: result.evidence?.directory ?? null,
    problems: said([...left, ...result.problems], lang),
  };
  return { open, done, lang };
}
