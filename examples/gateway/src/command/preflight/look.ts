/** What a preflight looks at. */
export type LookedAt =
  | "fields"
  | "environment"
  | "credentials"
  | "front"
  | "api"
  | "clock"
  | "disk"
  | "certificate"
  | "calendar"
  | "session"
  | "wal";

/** One thing that was looked at: absent `found` means that it is as it must be. */
export interface Look {
  readonly check: LookedAt;
  readonly found?: string;
}

/** `found`: what is wrong; empty: nothing. */
export const look = (check: LookedAt, found: string): Look => (found === "" ? { check } : { check, found });
