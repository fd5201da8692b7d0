import type { TroubleSaid } from "../../../src/api/contract.ts";

/** What is done there: a key of `today.go`. */
export type Going =
  | "tick"
  | "duty"
  | "incident"
  | "problem"
  | "alerts"
  | "run"
  | "backups"
  | "settings"
  | "check"
  | "channels";

export interface Where {
  readonly to: string;
  readonly search?: { readonly check: string };
  readonly going: Going;
}

/** The page on which something is done about a trouble; undefined where only the manual says what to do. Pure. */
export function whereOf({
  kind,
  subject,
  service = "-",
}: Pick<TroubleSaid, "kind" | "subject" | "service">): Where | undefined {
  const id = encodeURIComponent(subject);
  if (kind.startsWith("check-"))
    return { to: `/services/${encodeURIComponent(service)}`, search: { check: subject }, going: "check" };
  if (kind === "duty-open") return { to: `/duties/${id}`, going: "tick" };
  if (kind === "problem-new") return { to: `/incidents/problems/${id}`, going: "problem" };
  if (kind === "alert-open") return { to: "/alerts", going: "alerts" };
  if (kind.startsWith("duty-") || kind === "verdict-fail") return { to: `/duties/${id}`, going: "duty" };
  if (/^(?:incident|review|action)-/.test(kind)) return { to: `/incidents/${id}`, going: "incident" };
  if (kind.startsWith("run-")) return { to: `/runs/${id}`, going: "run" };
  if (kind.startsWith("channel-")) return { to: "/settings/system", going: "channels" };
  if (kind === "emergency-on") return { to: "/settings", going: "settings" };
  if (kind.startsWith("backup-")) return { to: "/backups", going: "backups" };
  return undefined;
}
