import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { PURPOSES } from "../../model/journal.ts";
import type { Portion } from "../../store/output/read.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";
import { deskOf } from "./at.ts";
import { numberOf } from "./list.ts";

/** Lines that are shown unless it is said how many. */
const LINES = 100;

function portionOf(call: Call): Portion {
  const line = numberOf(call, "line", "1 …", 1);
  const offset = numberOf(call, "offset", "0 …");
  const count = numberOf(call, "count", "1 …", 1) ?? LINES;
  if (line !== undefined) return { line, count };
  if (offset !== undefined) return { offset };
  return { tail: numberOf(call, "tail", "1 …", 1) ?? count };
}

/** A part of the output of one attempt; by default the end of the last one that said anything. */
export async function log(call: Call, name: string): Promise<Exit> {
  await using desk = await deskOf(call);
  const { values, world } = call;
  const run = await desk.show(name);
  const purpose = textOf(values, "purpose") ?? "do";
  const wanted = PURPOSES.find((one) => one === purpose);
  if (!wanted) throw new WatchbookError("RUNS-OPTION", { option: "purpose", given: purpose, wanted: PURPOSES });
  const [step, target] = [textOf(values, "step"), textOf(values, "target")];
  const number = numberOf(call, "attempt", "1 …", 1);
  const fitting = run.attempts.filter(
    (one) =>
      one.purpose === wanted &&
      (step === undefined || one.step === step) &&
      (target === undefined || one.target === target) &&
      (number === undefined || one.attempt === number),
  );
  const tasks = new Set(fitting.map((one) => `${one.step}@${one.target}`));
  const last = fitting.at(-1);
  if (!last || (step !== undefined && tasks.size > 1)) {
    const known = [...new Set(run.attempts.map((one) => `${one.step}@${one.target}`))].slice(0, 12);
    throw new WatchbookError("RUNS-LOG-WHICH", { run: run.record.id, known: known.length === 0 ? "–" : known });
  }
  const portion = portionOf(call);
  const part = await desk.output(run.record.id, last.log, portion);
  if (call.json) world.stdout.write(`${JSON.stringify({ run: run.record.id, log: last.log, ...part }, null, 2)}\n`);
  else world.stdout.write(part.text === "" || part.text.endsWith("\n") ? part.text : `${part.text}\n`);
  return EXIT.ok;
}
