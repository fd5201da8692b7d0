import type { CheckNow } from "../../../engine/snapshot.ts";
import { OUTCOMES, type Outcome } from "../../../model/states.ts";
import type { StoredEvent } from "../../../store/store.ts";

/** A check stood so from `from` until `to`, both included; milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
}

const outcomeOf = (value: unknown): Outcome | undefined => OUTCOMES.find((one) => one === value);

/** Changes of each check, and where one daemon's knowledge begins or ends. Events come oldest first. */
export interface Told {
  readonly changes: ReadonlyMap<string, readonly StoredEvent[]>;
  /** When a daemon started or stopped, or a book was loaded. */
  readonly breaks: readonly { readonly at: number; readonly kind: string }[];
  /** Before it nothing is told. */
  readonly since: number;
}

const BREAKS: ReadonlySet<string> = new Set(["daemon.started", "daemon.stopped", "book.loaded"]);

export function toldBy(events: readonly StoredEvent[], at: number): Told {
  const changes = new Map<string, StoredEvent[]>();
  for (const event of events)
    if (event.kind === "check.changed") {
      const of = changes.get(event.subject);
      if (of) of.push(event);
      else changes.set(event.subject, [event]);
    }
  return { changes, breaks: events.filter(({ kind }) => BREAKS.has(kind)), since: events[0]?.at ?? at };
}

/**
 * What the changes of a check and its present state say of how it stood. Nobody looked between two daemons: what the
 * last one saw at its end holds no longer than until it stopped, and where that is not on record for that moment alone.
 */
export function spansOf(told: Told, { spec, reading, since }: CheckNow): readonly Span[] {
  const changes = told.changes.get(spec.id) ?? [];
  const own = told.breaks.filter(({ kind }) => kind !== "book.loaded");
  const spans = changes.flatMap(({ at, data }, index): Span[] => {
    const [from, to] = [outcomeOf(data["from"]), outcomeOf(data["to"])];
    const begun = told.breaks.findLast((one) => one.at <= at)?.at ?? told.since;
    const before = changes[index - 1]?.at ?? Number.NEGATIVE_INFINITY;
    const next = changes[index + 1];
    const cut = own.find((one) => one.at > at && (next === undefined || one.at <= next.at));
    const until = cut ? (cut.kind === "daemon.stopped" ? cut.at : at) : (next?.at ?? at);
    return [
      ...(from && before < begun ? [{ from: begun, to: at - 1, outcome: from }] : []),
      ...(to ? [{ from: at, to: until, outcome: to }] : []),
    ];
  });
  return reading && since !== undefined ? [...spans, { from: since, to: reading.at, outcome: reading.outcome }] : spans;
}
