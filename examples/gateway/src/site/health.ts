import type { Role } from "./config.ts";

/** What `GET /health` of a gateway answers. */
export interface Health {
  readonly name: string;
  readonly environment: string;
  readonly pid: number;
  readonly role: Role;
  readonly version: string;
  /** degraded: it does its work, but a second failure would stop it. */
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly reasons: readonly string[];
  readonly entry: "open" | "closed";
  readonly orders: number;
  readonly replayed: number;
  /** Bytes of a record that was being written when the one before us died: cut off at the start. */
  readonly cut: number;
  readonly unconfirmed: number;
  /** Orders the standby has; null without one. */
  readonly standby: number | null;
}

/** The worst of what is wrong. */
export const statusOf = (reasons: readonly string[]): Health["status"] => {
  if (reasons.length === 0) return "healthy";
  return reasons.every((reason) => reason === "standby-absent") ? "degraded" : "unhealthy";
};
