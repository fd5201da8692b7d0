import type { EnvKind } from "./kind.ts";
import { Findings } from "./measure.ts";
import { bool, float, strip, time } from "./python.ts";

const REQUIRED = [
  "drill_id",
  "platform",
  "release_version",
  "rollback_target",
  "failure_injected",
  "rollback_start_utc",
  "rollback_complete_utc",
  "rollback_seconds",
  "health_check_passed",
  "result",
  "operator",
  "notes",
];
const PLATFORMS = new Set(["systemd", "k8s"]);

/** Rolling a deployment back after a fault: how long until the old version serves again. */
export const rollback: EnvKind = {
  kind: "rollback",
  marks: ["rollback_seconds", "rollback_target", "rollback_start_utc"],
  options: ["maxRollbackSeconds"],
  compat: (values, { maxRollbackSeconds = 180 }) => {
    if (REQUIRED.some((key) => strip(values.get(key) ?? "") === "")) return false;
    const [start, end] = [time(values.get("rollback_start_utc")!), time(values.get("rollback_complete_utc")!)];
    const seconds = float(values.get("rollback_seconds")!);
    if (start === undefined || end === undefined || end < start || seconds === undefined || seconds < 0) return false;
    if (!PLATFORMS.has(values.get("platform")!.toLowerCase())) return false;
    if (maxRollbackSeconds < 0 || seconds > maxRollbackSeconds) return false;
    return bool(values.get("health_check_passed")!) === true && values.get("result")!.toLowerCase() === "pass";
  },
  strict: (values, { maxRollbackSeconds = 180 }) => {
    const found = new Findings(values);
    for (const key of ["drill_id", "platform", "release_version", "rollback_target", "operator"]) found.text(key);
    const injected = found.text("failure_injected")?.toLowerCase();
    if (injected !== undefined && ["false", "0", "no", "none"].includes(injected))
      found.find("inconclusive", "no-fault");
    const result = found.text("result")?.toLowerCase();
    if (result !== undefined && result !== "pass") found.find("fail", "result-not-pass", { result });
    if (found.flag("health_check_passed") === false) found.find("fail", "health-failed");
    found.span("rollback_seconds", "rollback_start_utc", "rollback_complete_utc");
    found.limit("rollback_seconds", maxRollbackSeconds);
    found.monotonic();
    return found.judged();
  },
};
