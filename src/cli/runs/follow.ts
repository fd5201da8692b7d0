import { isEnded } from "../../model/run.ts";
import type { Exit } from "../../model/error.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { byOf } from "../inspect/alone.ts";
import { attend } from "../run/attend.ts";
import { conclude } from "../run/execute.ts";
import { textOf } from "../run/request.ts";
import { commandLine } from "../run/words.ts";
import type { Call } from "../verb.ts";
import { deskOf } from "./at.ts";
import { numberOf } from "./list.ts";

/** Streams a run from its beginning, or from an entry, until it ends or waits for a person. */
export async function follow(call: Call, name: string): Promise<Exit> {
  await using desk = await deskOf(call);
  const { record } = await desk.show(name);
  numberOf({ values: call.values }, "after", "0 …");
  const from = textOf(call.values, "after");
  const { lang } = desk;
  // Without a daemon nobody drives it: what there is, is shown.
  const only = desk.pid === undefined && !isEnded(record.state);
  const attended = await attend(
    { call, desk, lang, by: byOf(call), onInterrupt: "leave", only, ...(from !== undefined && { from }) },
    record.id,
  );
  if (only) {
    const command = commandLine(call, "runs", "resume", record.id);
    call.world.stderr.write(`${format(texts(lang).run.said.left, { command })}\n`);
  }
  return conclude(call, desk, attended);
}
