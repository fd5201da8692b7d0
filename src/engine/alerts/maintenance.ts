import { silenceOf } from "../../desk/alert/index.ts";
import { LONGEST, type Silence } from "../../model/silence.ts";
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

/** Expressions of names, one of which a label must be: as many in each as an expression may be long. */
function either(label: string, names: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const name of names.map((one) => one.replaceAll(/[^\w-]/gu, String.raw`[$&]`))) {
    const last = found.at(-1);
    if (last !== undefined && last.length + name.length < LONGEST) found[found.length - 1] = `${last}|${name}`;
    else found.push(name);
  }
  return found.map((expression) => `${label}=~${expression}`);
}

/**
 * Opens the window of a change: what it touches is watched as ever, and nobody is told. Gives what `closeMaintenance` ends,
 * several where there are many targets; each ends by itself at `until`. Rejects with SILENCE-NEEDS for no time or more than thirty
 * days, SILENCE-ALL for no service.
 */
export async function openMaintenance(
  alerts: Pick<Alerts, "say">,
  asked: Maintenance,
  now: number,
): Promise<readonly Silence[]> {
  const { change, title, services, targets = [], run, by, from = now, until } = asked;
  const about = { forMs: until - from, by, reason: `${change}: ${title}`, everything: false, starts: from };
  const parts = (label: string, names: readonly string[]): readonly (readonly string[])[] =>
    names.length === 0 ? [[]] : either(label, names).map((match) => [match]);
  const matches = parts("service", services).flatMap((one) =>
    parts("target", targets).map((other) => [...one, ...other]),
  );
  const silences = matches.map((match): Silence => ({
    ...silenceOf({ ...about, match }, now),
    kind: "maintenance",
    ...(run !== undefined && { run }),
  }));
  for (const silence of silences) await alerts.say({ kind: "silence", silence });
  return silences;
}

/** The change is over before its time: what still fires is told now. */
export const closeMaintenance = (alerts: Pick<Alerts, "say">, { id }: Pick<Silence, "id">, by: string): Promise<void> =>
  alerts.say({ kind: "unsilence", silence: id, by });
