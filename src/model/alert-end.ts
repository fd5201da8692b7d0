import type { Alert, AlertTold } from "./alert.ts";

/** How an alert ended, where that does not say that what it told of is over. */
export function endOf({
  ended,
  trail,
}: Pick<Alert, "ended" | "trail">): Pick<AlertTold, "lapsed" | "closed" | "withdrawn"> {
  const last = ended === undefined ? undefined : trail.at(-1);
  if (last?.did === "lapsed") return { lapsed: true };
  if (last?.did === "withdrawn") return { withdrawn: true };
  if (last?.did !== "closed") return {};
  return { closed: { by: String(last.args["by"]), reason: String(last.args["reason"]) } };
}
