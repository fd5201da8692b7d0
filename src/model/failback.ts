/**
 * Outputs of steps of a cluster that say how a change of the primary went, by the name that they have for the way back to the one
 * that was it before: a drill that goes both ways has both.
 */
export const FAILBACK: Readonly<Record<string, string>> = {
  FAULT_AT_NS: "FAILBACK_AT_NS",
  HISTORY: "FAILBACK_HISTORY",
  APPLIED_IDS: "FAILBACK_APPLIED_IDS",
  DETECTION: "FAILBACK_DETECTION",
  FAILOVER_SECONDS: "FAILBACK_SECONDS",
  PROMOTE_SECONDS: "FAILBACK_PROMOTE_SECONDS",
  REJOIN_SECONDS: "FAILBACK_REJOIN_SECONDS",
  RTO_SECONDS: "FAILBACK_RTO_SECONDS",
  RPO_EVENTS: "FAILBACK_RPO_EVENTS",
  RPO_SECONDS: "FAILBACK_RPO_SECONDS",
  DATA_SYNC_LAG_EVENTS: "FAILBACK_DATA_SYNC_LAG_EVENTS",
  LOST_ACKED: "FAILBACK_LOST_ACKED",
  IN_DOUBT: "FAILBACK_IN_DOUBT",
  IN_DOUBT_PRESENT: "FAILBACK_IN_DOUBT_PRESENT",
  ACKED_LAST_SECOND: "FAILBACK_ACKED_LAST_SECOND",
  LEDGER_SHA256: "FAILBACK_LEDGER_SHA256",
  FENCE_VERIFIED: "FAILBACK_FENCE_VERIFIED",
};

/** Name that an output has on the way back; its own where only the way is concerned (who is the primary now). */
export const backName = (name: string): string => FAILBACK[name] ?? name;
