import { takeBeat } from "../engine/heartbeats.ts";
import type { Beat, BeatSaid } from "../model/beat.ts";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError } from "../model/error.ts";
import { daemonAt } from "./client.ts";
import { aboutOf, hold } from "./hold.ts";
import { readState } from "./read-state.ts";
import type { Call, Verb } from "./verb.ts";

/** A job on this machine says that it begins, or how it ended: what does not report in time is late. */
export const heartbeat: Verb = {
  name: "heartbeat",
  words: "any",
  options: { start: { type: "boolean" }, exit: { type: "string" } },
  run: async (call) => {
    const [name, ...rest] = call.positionals;
    const said = saidOf(call);
    if (name === undefined || rest.length > 0 || !said)
      throw new WatchbookError("HEARTBEAT-USAGE", { given: call.positionals.join(" ") }, { exit: EXIT.input });
    const beat = await tell(call, name, said);
    const { said: words } = texts(call.lang).heartbeat;
    const text = format(said.state === "start" ? words.start : words.end, { name, exit: beat.exit ?? 0 });
    call.world.stdout.write(call.json ? `${JSON.stringify(beat, null, 2)}\n` : `${text}\n`);
    return EXIT.ok;
  },
};

function saidOf({ values }: Call): BeatSaid | undefined {
  const { start, exit } = values;
  if (start === true) return exit === undefined ? { state: "start" } : undefined;
  const code = typeof exit === "string" ? exit : "0";
  return /^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/.test(code) ? { state: "end", exit: Number(code) } : undefined;
}

/** Through the daemon when one owns the data, else here. */
async function tell(call: Call, name: string, said: BeatSaid): Promise<Beat> {
  const client = await daemonAt(call.data, call.world.clock);
  const query = said.state === "start" ? "state=start" : `exit=${said.exit}`;
  if (client) return client.post<Beat>(`/api/heartbeats/${encodeURIComponent(name)}?${query}`, {});
  await using state = await readState(call);
  await using held = await hold(call.world, call.data, aboutOf(call));
  return await takeBeat(held.house, state.book.open.book, name, said);
}
