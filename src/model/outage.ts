import type { Reading } from "./check.ts";

/** Reasons of readings by which a thing is gone: nobody answers there, or nothing of it runs. All others leave it there, ill. */
const GONE: ReadonlySet<string> = new Set([
  ...["refused", "no-answer", "host-unreachable", "name-unknown", "not-listening"],
  ...["process-absent", "process-zombie", "process-stopped", "pid-file-absent", "pid-stale", "pid-reused"],
  ...["container-absent", "container-state", "sql-down", "redis-down", "watchbook-gone"],
]);

/**
 * Whether a reading says that its service is gone, so that what needs it cannot be well. A value beyond its limit, a wrong
 * status and a late answer do not: whatever else fails then may have a cause of its own.
 */
export const isGone = ({ outcome, reason }: Pick<Reading, "outcome" | "reason">): boolean =>
  outcome === "fail" && GONE.has(reason);
