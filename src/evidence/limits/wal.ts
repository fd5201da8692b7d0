import type { EnvKind } from "./kind.ts";
import { Findings } from "./measure.ts";
import { float, int, strip, time } from "./python.ts";

const REQUIRED = [
  "drill_id",
  "release_version",
  "wal_path",
  "failure_start_utc",
  "recovery_complete_utc",
  "rto_seconds",
  "rpo_events",
  "operator",
  "result",
  "notes",
];

/** Recovery of a write-ahead log after a crash: how long, how many acknowledged events lost. */
export const wal: EnvKind = {
  kind: "wal",
  marks: ["wal_path", "rto_seconds", "rpo_events"],
  options: ["maxRtoSeconds", "maxRpoEvents"],
  compat: (values, { maxRtoSeconds = 10, maxRpoEvents = 0 }) => {
    if (REQUIRED.some((key) => strip(values.get(key) ?? "") === "")) return false;
    const [start, end] = [time(values.get("failure_start_utc")!), time(values.get("recovery_complete_utc")!)];
    const [rto, rpo] = [float(values.get("rto_seconds")!), int(values.get("rpo_events")!)];
    if (start === undefined || end === undefined || end < start || rto === undefined || rpo === undefined) return false;
    if (rto < 0 || rpo < 0n || !["pass", "fail"].includes(values.get("result")!.toLowerCase())) return false;
    // A NaN is not above any limit, and `result=fail` is not looked at: so the published verifier has it.
    return maxRtoSeconds >= 0 && maxRpoEvents >= 0 && !(rto > maxRtoSeconds) && rpo <= BigInt(maxRpoEvents);
  },
  strict: (values, { maxRtoSeconds = 10, maxRpoEvents = 0 }) => {
    const found = new Findings(values);
    for (const key of ["drill_id", "release_version", "wal_path", "operator"]) found.text(key);
    const result = found.text("result")?.toLowerCase();
    if (result !== undefined && result !== "pass") found.find("fail", "result-not-pass", { result });
    found.span("rto_seconds", "failure_start_utc", "recovery_complete_utc");
    found.limit("rto_seconds", maxRtoSeconds);
    found.limit("rpo_events", maxRpoEvents, true);
    found.monotonic();
    return found.judged();
  },
};
