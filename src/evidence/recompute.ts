import type { EvidenceEvent, EvidenceInput } from "../model/evidence.ts";
import { incident } from "./recompute/incident.ts";
import { inspection } from "./recompute/inspection.ts";
import type { EvidenceKind, Recomputed } from "./recompute/recomputed.ts";
import { run } from "./recompute/run.ts";
import { Refusal } from "./refusal.ts";
import { checkEvent } from "./shape.ts";

const KINDS: Readonly<Record<EvidenceInput["kind"], EvidenceKind>> = { inspection, run, drill: run, incident };

/**
 * Judges evidence again from its events, trusting none of the outcomes they state; a dry run is a rehearsal whatever it
 * says. Refuses events that are not in order, have holes, or state another verdict than their own figures give.
 */
export function recompute(
  kind: EvidenceInput["kind"],
  events: readonly EvidenceEvent[],
  mode: EvidenceInput["mode"],
): Recomputed {
  inOrder(events, KINDS[kind].boots);
  const judged = KINDS[kind].recompute(events, mode);
  const said = events.at(-1)!.data["verdict"];
  if (said !== judged.verdict)
    throw new Refusal("verdict-disagrees", { where: "events.jsonl", said: String(said), is: judged.verdict });
  return judged;
}

/** Numbers without holes, a clock that never steps back, one boot, one beginning and one end. */
function inOrder(events: readonly EvidenceEvent[], boots: readonly string[]): void {
  let before = -1n;
  let booted = events[0]?.boot_id;
  for (const [index, event] of events.entries()) {
    checkEvent(event, index + 1);
    const { seq, mono_ns: mono, boot_id: boot, type } = event;
    const good =
      seq === index + 1 &&
      /^\d{1,20}$/.test(mono) &&
      (boot === booted || boots.includes(type)) &&
      (type === "run.started") === (index === 0) &&
      (type === "run.ended") === (index === events.length - 1);
    if (!good || BigInt(mono) < before) throw new Refusal("events-order", { line: index + 1 });
    before = BigInt(mono);
    booted = boot;
  }
  if (events.length < 2) throw new Refusal("events-order", { line: events.length });
}
