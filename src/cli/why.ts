import { WatchbookError } from "../model/error.ts";
import { explained } from "./alerts.ts";
import { readState } from "./read-state.ts";
import type { Verb } from "./verb.ts";

/** Who was told of an alert, when and by what; who was not, and why. */
export const why: Verb = {
  name: "why",
  words: 1,
  options: {},
  run: async (call) => {
    const [name] = call.positionals;
    if (name === undefined) throw new WatchbookError("ALERTS-WHICH");
    await using state = await readState(call);
    return await explained(call, state, name);
  },
};
