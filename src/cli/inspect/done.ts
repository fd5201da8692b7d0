import { EXIT, type Exit } from "../../model/error.ts";
import type { Inspection } from "../../model/inspection.ts";

/** What an inspection gives, done here or by the daemon. Paths are absolute. */
export interface Done {
  readonly inspection: Inspection;
  readonly report: string | null;
  readonly evidence: string | null;
  /** Why report or evidence could not be written. */
  readonly problems: readonly { readonly code: string; readonly say: string; readonly fix: string }[];
}

/**
 * 130 when it was interrupted; fail 3; else 2 when report or evidence could not be written; else 4 when a machine
 * could not judge; else 5 when a person must tick; else 0.
 */
export function exitOf({ inspection, problems }: Done, interrupted: boolean): Exit {
  const has = (outcome: string): boolean => inspection.items.some((item) => item.outcome === outcome);
  if (interrupted) return EXIT.interrupted;
  if (inspection.verdict === "fail") return EXIT.failed;
  if (problems.length > 0) return EXIT.input;
  if (inspection.verdict === "pass") return EXIT.ok;
  return has("unknown") || !has("open") ? EXIT.unreachable : EXIT.waiting;
}
