import type { Action } from "../../engine/run/act.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import { isEnded } from "../../model/run.ts";
import { byOf, mayAsk } from "../inspect/alone.ts";
import { askFor } from "../run/ask.ts";
import { attend } from "../run/attend.ts";
import { conclude } from "../run/execute.ts";
import { textOf } from "../run/request.ts";
import { resultJson } from "../run/result.ts";
import type { Call } from "../verb.ts";
import { deskOf } from "./at.ts";
import type { RunsDesk } from "./desk.ts";
import { giveFile, giver } from "./file.ts";
import { tellingOf } from "./telling.ts";

/** Tells the run, then stays with it where nobody else drives it (or `--follow` asks for that). */
export async function told(call: Call, desk: RunsDesk, name: string, by: string, action: Action): Promise<Exit> {
  const run = await desk.act(name, by, action);
  const { lang, book } = desk;
  const { id } = run.record;
  const state = texts(lang).runs.states[run.record.state];
  call.world.stderr.write(`${format(texts(lang).run.said.taken, { run: id, state })}\n`);
  const stays = desk.pid === undefined || call.values["follow"] === true;
  if (!stays) {
    if (call.json) call.world.stdout.write(`${JSON.stringify(resultJson(call, run, lang, book.zone), null, 2)}\n`);
    return EXIT.ok;
  }
  const from = String(run.view.seq);
  const ask = mayAsk(call)
    ? (now: typeof run, withdrawn: AbortSignal) =>
        askFor({ world: call.world, lang, give: giver(call, desk, id) }, now, withdrawn)
    : undefined;
  const onInterrupt = desk.pid === undefined ? "pause" : "leave";
  // What was heard before is not shown again; of what ended meanwhile the end is.
  const start = isEnded(run.record.state) ? {} : { from };
  return conclude(call, desk, await attend({ call, desk, lang, by, ask, onInterrupt, ...start }, id));
}

const act =
  (action: (call: Call) => Action | Promise<Action>) =>
  async (call: Call, name: string): Promise<Exit> => {
    const meant = await action(call);
    await using desk = await deskOf(call);
    return await told(call, desk, name, byOf(call), meant);
  };

/** An option that must be there. Throws RUNS-NEEDS. */
function needed({ values, positionals }: Call, option: string, wanted: string): string {
  const given = textOf(values, option)?.trim();
  if (given) return given;
  throw new WatchbookError("RUNS-NEEDS", { word: positionals[0] ?? "", option, wanted });
}

function oneOf<T extends string>(call: Call, option: string, choices: readonly T[]): T {
  const given = needed(call, option, choices.join(" | "));
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  throw new WatchbookError("RUNS-OPTION", { option, given, wanted: choices.join(" | ") });
}

function where({ values }: Call): { readonly step?: string; readonly target?: string } {
  const [step, target] = [textOf(values, "step"), textOf(values, "target")];
  return { ...(step !== undefined && { step }), ...(target !== undefined && { target }) };
}

const noteOf = ({ values }: Call): string => textOf(values, "note") ?? "";
const reasonOf = ({ values }: Call): string => textOf(values, "reason") ?? "";

export const reject = act((call) => {
  const gate = textOf(call.values, "gate");
  return { do: "reject", reason: needed(call, "reason", "TEXT"), ...(gate !== undefined && { gate }) };
});
export const go = act((call) => ({ do: "key", ...where(call) }));
export const answer = act((call) => {
  const choice = oneOf(call, "choice", ["retry", "skip", "undo", "stop"]);
  return { do: "answer", choice, note: noteOf(call), ...where(call) };
});
export const decide = act((call) => {
  const happened = oneOf(call, "happened", ["yes", "no", "redo"]);
  return { do: "decide", happened, note: noteOf(call), ...where(call) };
});
export const pause = act((call) => ({ do: "pause", reason: reasonOf(call) }));
export const resume = act(() => ({ do: "resume" }));
export const cancel = act((call) => ({ do: "cancel", reason: reasonOf(call), undo: call.values["undo"] === true }));

export async function tick(call: Call, name: string): Promise<Exit> {
  await using desk = await deskOf(call);
  const path = textOf(call.values, "file");
  const run = await desk.show(name);
  const file = path === undefined ? undefined : await giveFile(call, desk, run.record.id, path);
  const done = call.values["failed"] !== true;
  const telling = await tellingOf(call);
  const action: Action = { do: "tick", done, note: noteOf(call), ...where(call), ...telling, ...(file && { file }) };
  return await told(call, desk, run.record.id, byOf(call), action);
}
