import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { columns } from "../../report/columns.ts";
import { momentSay } from "../../report/inspection/say.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";
import { deskOf } from "./at.ts";

/** A whole number of an option. Throws RUNS-OPTION. */
export function numberOf(
  { values }: Pick<Call, "values">,
  option: string,
  wanted: string,
  least = 0,
): number | undefined {
  const given = textOf(values, option);
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given) || Number(given) < least)
    throw new WatchbookError("RUNS-OPTION", { option, given, wanted });
  return Number(given);
}

/** Runs, newest first. */
export async function list(call: Call): Promise<Exit> {
  await using desk = await deskOf(call);
  const { lang, book } = desk;
  const limit = numberOf(call, "limit", "1 … 1000", 1) ?? 20;
  const runbook = textOf(call.values, "runbook");
  const found = await desk.list({
    limit,
    open: call.values["open"] === true,
    ...(runbook !== undefined && { runbook }),
  });
  const { stdout } = call.world;
  if (call.json) stdout.write(`${JSON.stringify({ runs: found }, null, 2)}\n`);
  else if (found.length === 0) stdout.write(`${texts(lang).run.said.empty}\n`);
  else {
    const head = texts(lang).run.said.columns;
    const { states, waits } = texts(lang).runs;
    const rows = found.map(({ id, state, waits: open, environment, runbook: of, done, total, by, created }) => [
      id,
      open.length === 0 || state !== "waiting"
        ? states[state]
        : `${states[state]}${texts(lang).cli.colon}${open.map((kind) => waits[kind as keyof typeof waits] ?? kind).join(", ")}`,
      environment,
      of,
      `${done}/${total}`,
      by,
      momentSay(created, book.zone),
    ]);
    stdout.write(
      columns([[head.run, head.state, head.environment, head.runbook, head.done, head.by, head.created], ...rows], ""),
    );
  }
  return EXIT.ok;
}
