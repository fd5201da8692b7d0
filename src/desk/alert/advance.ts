import type { NoticeRecord, Signal, Watch } from "../../model/alert.ts";
import type { Silence } from "../../model/silence.ts";
import { acknowledge, type Acknowledgement } from "./acknowledge.ts";
import { escalateNow, type EscalateNow } from "./escalate-now.ts";
import { resumed, shift } from "./clock.ts";
import { deliver, health, type Delivered } from "./deliver.ts";
import {
  begin,
  changedOf,
  putNotice,
  putSilence,
  putWatch,
  type Changed,
  type Desk,
  type Given,
  type Work,
} from "./desk.ts";
import { tellGroups } from "./group.ts";
import { holdAll } from "./hold.ts";
import { lapse } from "./lapse.ts";
import { end, receive } from "./receive.ts";

/** What can happen to alerts. */
export type AlertEvent =
  /** Rules were evaluated: their new states, and what they say. */
  | { readonly kind: "evaluated"; readonly watches: readonly Watch[]; readonly signals: readonly Signal[] }
  /** Others than rules say something of keys of their own. */
  | { readonly kind: "signals"; readonly signals: readonly Signal[] }
  /** Rules that the book has no more, by key. */
  | { readonly kind: "withdrawn"; readonly keys: readonly string[] }
  | ({ readonly kind: "acknowledge" } & Acknowledgement)
  | ({ readonly kind: "escalate" } & EscalateNow)
  /** A person ends alerts that only another system can take back: ids. */
  | { readonly kind: "close"; readonly alerts: readonly string[]; readonly by: string; readonly reason: string }
  | { readonly kind: "silence"; readonly silence: Silence }
  | { readonly kind: "unsilence"; readonly silence: string; readonly by: string }
  | ({ readonly kind: "delivery" } & Delivered)
  /** A channel took something that is none of the desk's: a person tried it. */
  | { readonly kind: "taken"; readonly channel: string }
  /** Others have something to tell, of groups of their own. */
  | { readonly kind: "notices"; readonly notices: readonly NoticeRecord[] }
  /** The wall clock was set by so many milliseconds. */
  | { readonly kind: "clock"; readonly by: number }
  /** Work goes on after so many milliseconds in which nobody looked. */
  | { readonly kind: "resumed"; readonly downMs: number }
  /** Time went by. */
  | { readonly kind: "tick" };

function apply(work: Work, event: AlertEvent): void {
  switch (event.kind) {
    case "evaluated":
      for (const watch of event.watches) putWatch(work, watch);
      return receive(work, event.signals);
    case "signals":
      return receive(work, event.signals);
    case "withdrawn":
      return withdraw(work, event.keys);
    case "acknowledge":
      return acknowledge(work, event);
    case "escalate":
      return escalateNow(work, event);
    case "close":
      return close(work, event);
    case "silence":
      return putSilence(work, event.silence);
    case "unsilence": {
      const found = work.silences.get(event.silence);
      if (found && !found.ended) putSilence(work, { ...found, ended: { at: work.now, by: event.by } });
      return undefined;
    }
    case "notices":
      for (const notice of event.notices) putNotice(work, notice);
      return undefined;
    case "delivery":
      return deliver(work, event);
    case "taken":
      return health(work, event.channel, false);
    case "clock":
      return shift(work, event.by);
    case "resumed":
      return resumed(work, event.downMs);
    case "tick":
  }
  return undefined;
}

function withdraw(work: Work, keys: readonly string[]): void {
  for (const key of keys) {
    const watch = work.watches.get(key);
    if (watch) putWatch(work, { ...watch, phase: "ok", since: work.now, flips: [] });
    const alert = work.open.get(key);
    if (alert) end(work, alert, "withdrawn");
  }
}

/** What is measured here ends when it is well, and by nobody's word. */
function close(work: Work, { alerts, by, reason }: Extract<AlertEvent, { readonly kind: "close" }>): void {
  for (const alert of [...work.open.values()])
    if (alert.outside && alerts.includes(alert.id)) end(work, alert, "closed", { by, reason });
}

/** Silences whose end is past are looked up in the store, not here. */
function forgetSilences(work: Work): void {
  for (const { id, ends, ended } of work.silences.values())
    if (Math.min(ends, ended?.at ?? ends) <= work.now) work.silences.delete(id);
}

/**
 * The next desk and the records that changed, to be committed before anything is sent. Pure: the same desk, events and
 * moment give the same. All events of a call happen at one moment; deliveries come before new readings, so that an answer
 * is never counted for a notice made after it.
 */
export function advance(
  desk: Desk,
  events: readonly AlertEvent[],
  given: Given,
): { readonly desk: Desk; readonly changed: Changed } {
  const work = begin(desk, given);
  for (const event of events) apply(work, event);
  lapse(work);
  holdAll(work);
  tellGroups(work);
  forgetSilences(work);
  const { watches, open, over, groups, silences, outbox } = work;
  return { desk: { watches, open, over, groups, silences, outbox }, changed: changedOf(work) };
}
