/**
 * release: a new version goes out · rollback, restore, failover, restart: what the procedure is for · procedure: any other that
 * writes · backup: writes beside what is in use · book: the manual itself was taken over · refused: a newer manual was not.
 */
export const CHANGE_KINDS = [
  "release",
  "rollback",
  "restore",
  "failover",
  "restart",
  "procedure",
  "backup",
  "book",
  "refused",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
