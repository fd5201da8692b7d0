import { silenceOf } from "../../desk/alert/index.ts";
import type { Silence } from "../../model/silence.ts";
import type { Alerts } from "./alerts.ts";

/** What a change touches, and for how long. */
export interface Maintenance {
  /** Name of the change, and what it is about. */
  readonly change: string;
  readonly title: string;
  /** Services, by id; at least one. */
  readonly services: readonly string[];
  /** Targets, by name: where only they are worked on. */
  readonly targets?: readonly string[];
  /** The run that does it. */
  readonly run?: string;
  readonly by: string;
  /** Milliseconds since the epoch; `from` absent: now. */
  readonly from?: number;
  readonly until: number;
}

const either = (label: string, names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [`${label}=~${names.map((name) => name.replaceAll(/[^\w-]/gu, String.raw`[$&]`)).join("|")}`];

/**
 * Opens the window of a change: what it touches is watched as ever, and nobody is told. Gives what `closeMaintenance` ends; it
 * ends by itself at `until`. Rejects with SILENCE-NEEDS for no time or more than thirty days, SILENCE-ALL for no service.
 */
export async function openMaintenance(alerts: Pick<Alerts, "say">, asked: Maintenance, now: number): Promise<Silence> {
  const { change, title, services, targets = [], run, by, from = now, until } = asked;
  const match = [...either("service", services), ...either("target", targets)];
  const ask = { match, forMs: until - from, by, reason: `${change}: ${title}`, everything: false, starts: from };
  const silence: Silence = { ...silenceOf(ask, now), kind: "maintenance", ...(run !== undefined && { run }) };
  await alerts.say({ kind: "silence", silence });
  return silence;
}

/** The change is over before its time: what still fires is told now. */
export const closeMaintenance = (alerts: Pick<Alerts, "say">, { id }: Pick<Silence, "id">, by: string): Promise<void> =>
  alerts.say({ kind: "unsilence", silence: id, by });
