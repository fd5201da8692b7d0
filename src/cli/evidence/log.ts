import { checkKept, removedFrom } from "../../evidence/inclusion.ts";
import { openLog } from "../../evidence/opened.ts";
import { verifierKey } from "../../evidence/checkpoint.ts";
import { remembered } from "../../evidence/remembered.ts";
import { Refusal, type Reason } from "../../evidence/refusal.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Call } from "../verb.ts";
import { keptOf } from "./demand.ts";
import { placesOf, trustOf, type EvidencePlaces } from "./place.ts";
import { sayReason } from "./say.ts";

/**
 * `evidence log`: the checkpoint on standard output, to be kept elsewhere; what became of the log on standard error.
 * Exit 3 when evidence in the log is gone, 2 when the log itself cannot be believed.
 */
export async function log(call: Call): Promise<Exit> {
  const places = placesOf(call);
  const words = texts(call.lang).evidence.said;
  const { stdout, stderr } = call.world;
  try {
    const found = inspected(call, places);
    if (!found) {
      if (call.json) stdout.write(`${JSON.stringify({ size: 0 })}\n`);
      else stderr.write(`${format(words.emptyLog, { path: places.root })}\n`);
      return EXIT.ok;
    }
    const { checkpoint, removed, kept } = found;
    if (call.json) {
      const { origin, size, root, note } = checkpoint;
      stdout.write(
        `${JSON.stringify({ origin, size, root: root.toString("base64"), checkpoint: note, verifierKey: found.key, removed }, null, 2)}\n`,
      );
    } else {
      stdout.write(checkpoint.note);
      if (removed.length === 0)
        stderr.write(`${format(words.log, { size: checkpoint.size, origin: checkpoint.origin })}\n`);
      else
        stderr.write(
          `${format(words.removed, { count: removed.length })}\n${removed.map((file) => `  ${file}\n`).join("")}`,
        );
      if (kept) stderr.write(`${words.consistent}\n`);
      stderr.write(`${words.verifierKey}${texts(call.lang).cli.colon}${found.key}\n`);
    }
    return removed.length === 0 ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(call, error.reason);
  }
}

function inspected(call: Call, places: EvidencePlaces) {
  const trust = trustOf(call, places, true);
  const checkpoint = openLog(places.root, trust.signers);
  const own = remembered(places.keys, places.root);
  if (!checkpoint && own !== undefined) throw new Refusal("no-log");
  if (!checkpoint) return undefined;
  const kept = keptOf(call);
  for (const one of [kept, own]) if (one !== undefined) checkKept(places.root, checkpoint, one, trust.signers);
  const removed = removedFrom(places.root, checkpoint.size);
  return { checkpoint, removed, kept: kept !== undefined, key: verifierKey(checkpoint.origin, checkpoint.signer.key) };
}

function refuse(call: Call, reason: Reason): Exit {
  const say = sayReason(reason, call.lang);
  if (call.json)
    call.world.stdout.write(`${JSON.stringify({ verdict: "refused", reasons: [{ ...reason, say }] }, null, 2)}\n`);
  else call.world.stderr.write(`${texts(call.lang).evidence.verdicts.refused}  ${say}\n`);
  return EXIT.input;
}
