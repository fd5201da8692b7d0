import { pidOf } from "../stack/nodes.ts";
import type { Fault } from "./fault.ts";
import { failure, words } from "../words/index.ts";

export const freeze: Fault = {
  async apply(place, node) {
    const pid = pidOf(place.home(node));
    if (pid === undefined) throw failure(words().failures.stopped(node), 3);
    process.kill(pid, "SIGSTOP");
  },
  async undo(place, node) {
    const pid = pidOf(place.home(node));
    if (pid !== undefined) process.kill(pid, "SIGCONT");
  },
};
