import {
  groupKey,
  groupsOf,
  labelsOf,
  linkState,
  silenceOf,
  whyOf,
  type Desk,
  type SilenceAsk,
  type Why,
} from "../../desk/alert/index.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Alert } from "../../model/alert.ts";
import { WatchbookError } from "../../model/error.ts";
import { matchesAll, type Silence } from "../../model/silence.ts";
import type { Store } from "../../store/store.ts";
import type { Alerts } from "./alerts.ts";
import { readLink } from "./link.ts";

type Reading = Pick<Store, "desk" | "deskOne">;

const NEWEST = 1_000;

/** An alert by its id or the only beginning of one: open ones first. Rejects with ALERT-UNKNOWN. */
export async function alertNamed(store: Reading, name: string): Promise<Alert> {
  const exact = await store.deskOne("alert", name);
  if (exact) return exact;
  for (const query of [{ open: true, limit: 100_000 }, { limit: NEWEST }]) {
    const found = (await store.desk("alert", query)).filter(({ id }) => name !== "" && id.startsWith(name));
    if (found.length === 1) return found[0]!;
  }
  throw new WatchbookError("ALERT-UNKNOWN", { id: name });
}

/** Who was told of an alert and who was not, from what is recorded. Rejects with ALERT-UNKNOWN. */
export async function why(store: Reading, policy: AlertPolicy, name: string): Promise<Why> {
  const alert = await alertNamed(store, name);
  const groups = groupsOf(alert, await store.desk("group", { under: groupKey(alert), limit: NEWEST }));
  const notices = await Promise.all(groups.map(({ id }) => store.desk("notice", { under: id, limit: NEWEST })));
  return whyOf(alert, groups, notices.flat(), policy);
}

/** What a person may do to alerts. */
export type AlertAction =
  | { readonly do: "acknowledge"; readonly alerts: readonly string[]; readonly forMs?: number; readonly note?: string }
  | { readonly do: "escalate"; readonly alerts: readonly string[]; readonly reason: string }
  | { readonly do: "close"; readonly alerts: readonly string[]; readonly reason: string }
  | ({ readonly do: "silence" } & Omit<SilenceAsk, "by">)
  | { readonly do: "unsilence"; readonly silence: string };

/** What became of it. */
export interface AlertActed {
  readonly alerts: readonly Alert[];
  /** Until when it is acknowledged. */
  readonly until?: number;
  readonly silence?: Silence;
}

/** The open alerts that a silence hides. */
export const hiddenBy = ({ open }: Pick<Desk, "open">, { matchers }: Silence): readonly Alert[] =>
  [...open.values()].filter((alert) => matchesAll(matchers, labelsOf(alert)));

/** Does it, and resolves when it is kept. Rejects with ALERT-…, SILENCE-… for what does not fit. */
export async function actOnAlerts(
  alerts: Alerts,
  { store, policy, now }: { readonly store: Reading; readonly policy: AlertPolicy; readonly now: number },
  by: string,
  action: AlertAction,
): Promise<AlertActed> {
  if (action.do === "silence") {
    const silence = silenceOf({ ...action, by }, now);
    await alerts.say({ kind: "silence", silence });
    return { alerts: hiddenBy(alerts.desk(), silence), silence };
  }
  if (action.do === "unsilence") {
    const found = [...alerts.desk().silences.values()].filter(({ id }) => id.startsWith(action.silence));
    if (found.length !== 1) throw new WatchbookError("SILENCE-UNKNOWN", { id: action.silence });
    await alerts.say({ kind: "unsilence", silence: found[0]!.id, by });
    return { alerts: hiddenBy(alerts.desk(), found[0]!), silence: found[0]! };
  }
  if (action.alerts.length === 0) throw new WatchbookError("ALERTS-WHICH");
  const found = await Promise.all(action.alerts.map((name) => alertNamed(store, name)));
  const over = found.find(({ ended }) => ended !== undefined);
  if (over) throw new WatchbookError("ALERT-OVER", { id: over.id });
  if (action.do === "escalate") return await escalated(alerts, found, by, action.reason.trim());
  if (action.do === "close") return await closed(alerts, found, by, action.reason.trim());
  const { forMs, note } = action;
  const rest = { ...(forMs !== undefined && { forMs }), ...(note !== undefined && { note }) };
  await alerts.say({ kind: "acknowledge", alerts: found.map(({ id }) => id), by, ...rest });
  return { alerts: found, until: now + (forMs ?? policy.ackMs) };
}

async function escalated(alerts: Alerts, found: readonly Alert[], by: string, reason: string): Promise<AlertActed> {
  if (reason === "") throw new WatchbookError("ESCALATE-REASON");
  const quiet = found.find(({ hold }) => hold !== undefined);
  if (quiet) throw new WatchbookError("ALERT-QUIET", { id: quiet.id });
  await alerts.say({ kind: "escalate", alerts: found.map(({ id }) => id), by, reason });
  return { alerts: found };
}

async function closed(alerts: Alerts, found: readonly Alert[], by: string, reason: string): Promise<AlertActed> {
  if (reason === "") throw new WatchbookError("CLOSE-REASON");
  const own = found.find(({ outside }) => outside === undefined);
  if (own) throw new WatchbookError("ALERT-OWN", { id: own.id });
  await alerts.say({ kind: "close", alerts: found.map(({ id }) => id), by, reason });
  return { alerts: found };
}

/** What a link is about, without using it. Throws LINK-BAD, LINK-USED, LINK-OVER. */
export function linked(
  alerts: Alerts,
  token: string,
  now: number,
): { readonly notice: string; readonly alerts: readonly Alert[] } {
  const means = readLink(alerts.key, token, now);
  if (!means) throw new WatchbookError("LINK-BAD");
  const state = linkState(alerts.desk(), means.group, means.notice);
  if (state !== "good") throw new WatchbookError(state === "used" ? "LINK-USED" : "LINK-OVER");
  const group = [...alerts.desk().groups.values()].find(({ id }) => id === means.group)!;
  const open = [...alerts.desk().open.values()].filter(({ id }) => group.members.includes(id));
  return { notice: means.notice, alerts: open };
}

/**
 * Uses a link, once: whoever comes second is told so. `seen`: when the page was shown, milliseconds since the epoch; what
 * began after it nobody has seen, and it calls as ever. Rejects as `linked`.
 */
export async function useLink(
  alerts: Alerts,
  token: string,
  by: string,
  { store, now, seen = now }: { readonly store: Reading; readonly now: number; readonly seen?: number },
): Promise<readonly Alert[]> {
  const { notice, alerts: all } = linked(alerts, token, now);
  const open = all.filter(({ started }) => started <= seen);
  if (open.length === 0) throw new WatchbookError("LINK-OVER");
  const event = { kind: "acknowledge", alerts: open.map(({ id }) => id), by, link: notice } as const;
  // At once: whoever presses a moment later finds it used.
  const kept = alerts.say(event);
  const record = await store.deskOne("notice", notice);
  await kept;
  if (record) await alerts.say({ kind: "tick" }, [alerts.answered(record.channel)]);
  return open;
}
