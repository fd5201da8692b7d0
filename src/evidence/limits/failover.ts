import { Refusal } from "../refusal.ts";
import type { EnvKind } from "./kind.ts";
import { Findings } from "./measure.ts";
import { bool, float, int, strip } from "./python.ts";
import { compatSteps, strictOutcome, strictSteps } from "./steps.ts";

const REQUIRED = [
  "FAILOVER_ENV",
  "FAILOVER_DRY_RUN",
  "FAILOVER_SUCCESS",
  "FAILOVER_TOTAL_STEPS",
  "FAILOVER_DURATION_SECONDS",
  "DATA_SYNC_LAG_EVENTS",
];

/** Switching to the standby: how long, and how many events it was behind. */
export const failover: EnvKind = {
  kind: "failover",
  marks: ["FAILOVER_ENV", "FAILOVER_DURATION_SECONDS", "FAILOVER_SUCCESS"],
  options: ["maxFailoverSeconds", "maxDataLagEvents"],
  compat: (values, { maxFailoverSeconds = 180, maxDataLagEvents = 0 }) => {
    if (!values.has("FAILOVER_FAILED_STEP")) return false;
    if (REQUIRED.some((key) => strip(values.get(key) ?? "") === "")) return false;
    if (bool(values.get("FAILOVER_SUCCESS")!) !== true) return false;
    const total = int(values.get("FAILOVER_TOTAL_STEPS")!);
    if (total === undefined || total <= 0n || !compatSteps(values, total, true)) return false;
    const seconds = float(values.get("FAILOVER_DURATION_SECONDS")!);
    const lag = int(values.get("DATA_SYNC_LAG_EVENTS")!);
    if (seconds === undefined || seconds < 0 || lag === undefined || lag < 0n) return false;
    if (maxFailoverSeconds < 0 || maxDataLagEvents < 0) return false;
    return !(seconds > maxFailoverSeconds) && lag <= BigInt(maxDataLagEvents);
  },
  strict: (values, { maxFailoverSeconds = 180, maxDataLagEvents = 0 }) => {
    const found = new Findings(values);
    found.text("FAILOVER_ENV");
    strictOutcome(found, "FAILOVER");
    const { names, seconds } = strictSteps(found, values, "FAILOVER_TOTAL_STEPS");
    const declared = found.number("FAILOVER_DURATION_SECONDS");
    // Steps run one after the other, each rounded to a millisecond: together they cannot take longer than the whole.
    const slack = 0.01 + names.length * 0.001;
    if (declared !== undefined && declared + slack < seconds)
      throw new Refusal("seconds-disagree", { key: "FAILOVER_DURATION_SECONDS", said: declared, is: seconds });
    found.limit("FAILOVER_DURATION_SECONDS", maxFailoverSeconds);
    found.limit("DATA_SYNC_LAG_EVENTS", maxDataLagEvents, true);
    found.monotonic();
    return found.judged();
  },
};
