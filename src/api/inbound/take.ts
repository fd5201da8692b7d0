import { rulesNow } from "../../engine/alerts/rules-now.ts";
import { signalFrom } from "../../desk/alert/index.ts";
import type { Signal } from "../../model/alert.ts";
import { WatchbookError } from "../../model/error.ts";
import type { InboundSpec } from "../../model/inbound.ts";
import type { OutsideTold } from "../../model/outside.ts";
import type { Parts } from "../front.ts";
import { isTold, isUntold, type Untold } from "./told.ts";

/** Open alerts of other systems at once: more are no alerts but a flood of labels, and would take the memory of all. */
const MOST = 20_000;

/**
 * Makes what a source tells alerts of ours; resolves when it is kept. Rejects with INBOUND-FULL where there is no room for those
 * that begin, once ends and what is told of open ones are kept; with INBOUND-ALERT where some cannot be read, once all others are:
 * one bad alert must not take them with it, and whoever sent it is told.
 */
export async function take(
  { daemon }: Parts,
  spec: InboundSpec,
  read: readonly (OutsideTold | Untold)[],
): Promise<void> {
  const told = read.filter(isTold);
  const { house, alerts } = daemon;
  const now = house.clock.wall();
  const { policy } = rulesNow(daemon.book().open.book);
  // The last word on each counts: a payload may name one twice.
  const last = new Map(told.map((one) => signalFrom(spec, one, policy, now)).map((signal) => [signal.key, signal]));
  const signals = [...last.values()];
  const { open } = alerts.desk();
  const isFresh = ({ firing, key }: Signal): boolean => firing && !open.has(key);
  const fresh = signals.filter(isFresh).length;
  const ending = signals.filter(({ firing, key }) => !firing && open.has(key)).length;
  const full = fresh > 0 && open.size - ending + fresh > MOST;
  const taken = full ? signals.filter((signal) => !isFresh(signal)) : signals;
  if (taken.length > 0) await alerts.say({ kind: "signals", signals: taken });
  const ill = alerts.ill();
  // Whoever is told that it was not kept sends it again; those on call are told all the same.
  if (ill) throw ill;
  if (full) throw new WatchbookError("INBOUND-FULL", { most: MOST, count: fresh });
  const what = read.find(isUntold);
  if (what === undefined) return;
  const first = read.indexOf(what) + 1;
  throw new WatchbookError("INBOUND-ALERT", { count: read.length - told.length, of: read.length, first, what });
}
