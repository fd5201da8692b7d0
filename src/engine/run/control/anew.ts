import type { RunControl } from "../control.ts";
import { mayGoOn } from "./confirm.ts";

/**
 * The same runs, for whoever comes to a process that does not watch its manual: `look` reads it again before anything is
 * planned, begun or let go on. To end a run the manual is not needed.
 */
export const readAnew = (control: RunControl, look: () => Promise<void>): RunControl => ({
  ...control,
  plan: async (request) => {
    await look();
    return control.plan(request);
  },
  begin: async (request, asked) => {
    await look();
    return control.begin(request, asked);
  },
  act: async (name, by, action) => {
    if (mayGoOn(action)) await look();
    return control.act(name, by, action);
  },
});
