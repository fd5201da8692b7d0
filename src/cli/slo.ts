import { WatchbookError } from "../model/error.ts";
import type { Verb } from "./verb.ts";

/** Reports about objectives of the running system, from the files that it writes itself. */
export const slo: Verb = {
  name: "slo",
  words: "any",
  options: {
    "fault-events-file": { type: "string" },
    "probe-log-file": { type: "string" },
    "output-file": { type: "string" },
    "health-json-file": { type: "string" },
    "health-markdown-file": { type: "string" },
    "max-p99-seconds": { type: "string" },
  },
  run: async (call) => {
    const [what, ...rest] = call.positionals;
    if (what === "report" && rest.length === 0) return (await import("./slo/report.ts")).report(call);
    throw new WatchbookError("SLO-USAGE", { given: call.positionals.join(" ") });
  },
};
