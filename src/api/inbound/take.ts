import { rulesNow } from "../../engine/alerts/rules-now.ts";
import { signalFrom } from "../../desk/alert/index.ts";
import { WatchbookError } from "../../model/error.ts";
import type { InboundSpec } from "../../model/inbound.ts";
import type { OutsideTold } from "../../model/outside.ts";
import type { Parts } from "../front.ts";

/** Open alerts of other systems at once: more are no alerts but a flood of labels, and would take the memory of all. */
const MOST = 20_000;

/** Makes what a source tells alerts of ours; resolves when it is kept. Rejects with INBOUND-FULL before anything is taken. */
export async function take({ daemon }: Parts, spec: InboundSpec, told: readonly OutsideTold[]): Promise<void> {
  const { house, alerts } = daemon;
  const now = house.clock.wall();
  const { policy } = rulesNow(daemon.book().open.book);
  const signals = told.map((one) => signalFrom(spec, one, policy, now));
  const { open } = alerts.desk();
  const fresh = signals.filter(({ firing, key }) => firing && !open.has(key)).length;
  if (fresh > 0 && open.size + fresh > MOST) throw new WatchbookError("INBOUND-FULL", { most: MOST });
  // The last word on each counts: a payload may name one twice.
  const last = new Map(signals.map((signal) => [signal.key, signal]));
  if (last.size > 0) await alerts.say({ kind: "signals", signals: [...last.values()] });
  const ill = alerts.ill();
  // Whoever is told that it was not kept sends it again; those on call are told all the same.
  if (ill) throw ill;
}
