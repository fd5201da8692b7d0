import type { FaultEvent } from "./read.ts";

/** A fault from its beginning to its removal. */
export interface Window {
  readonly apply: FaultEvent;
  readonly clear?: FaultEvent;
}

export interface Windows {
  readonly all: readonly Window[];
  /** Events without their other half. */
  readonly unmatched: readonly FaultEvent[];
}

/** Faults in the order in which they began; `events` in the order of time. A scenario that begins twice has lost its first removal. */
export function windowsOf(events: readonly FaultEvent[]): Windows {
  const open = new Map<string, FaultEvent>();
  const all: Window[] = [];
  const unmatched: FaultEvent[] = [];
  for (const event of events) {
    const { scenario, phase } = event;
    const apply = open.get(scenario);
    if (phase === "apply") {
      if (apply) all.push({ apply });
      open.set(scenario, event);
    } else if (apply) {
      all.push({ apply, clear: event });
      open.delete(scenario);
    } else unmatched.push(event);
  }
  all.push(...[...open.values()].map((apply) => ({ apply })));
  const order = new Map(events.map((event, index) => [event, index]));
  return { all: all.toSorted((a, b) => order.get(a.apply)! - order.get(b.apply)!), unmatched };
}
