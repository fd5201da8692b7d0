import { utc } from "../../model/time.ts";
import { injectsFault } from "../limits/steps.ts";
import type { RunEnded } from "./drill-keys.ts";
import { isNumber, line, type Pair } from "./pair.ts";

/** Seconds; no calendar has a date so long after, and no recovery took it. */
const LONGEST = 1e9;

/**
 * Keys of a WAL recovery as the published verifier reads them: a run with an injected fault whose steps gave WAL_PATH,
 * RELEASE_VERSION, RTO_SECONDS and RPO_EVENTS; none for others. `success`: every step ended well.
 */
export function walPairs({ outputs, fault, journal, started }: RunEnded, success: boolean): readonly Pair[] {
  const [path, version] = [line(outputs["WAL_PATH"] ?? ""), line(outputs["RELEASE_VERSION"] ?? "")];
  const [rto, rpo] = [outputs["RTO_SECONDS"], outputs["RPO_EVENTS"]];
  const begun = journal.find(({ entry }) => entry.type === "intent" && injectsFault(entry.step));
  if (!fault || !begun || path === "" || version === "" || !isNumber(rto) || !isNumber(rpo)) return [];
  if (Number(rto) > LONGEST) return [];
  // Labels of whole seconds whose difference is the measured time, whatever the wall clock did meanwhile.
  const label = (wall: number): string => `${utc(wall).slice(0, 19)}Z`;
  return [
    ["drill_id", started.id],
    ["release_version", version],
    ["wal_path", path],
    ["failure_start_utc", label(begun.wall)],
    ["recovery_complete_utc", label(begun.wall + Number(rto) * 1000)],
    ["rto_seconds", rto],
    ["rpo_events", rpo],
    ["operator", line(started.by)],
    ["result", success ? "pass" : "fail"],
    ["notes", line(started.reason) || "none"],
  ];
}
