import { judgeHandover, type Accepted } from "../evidence/handover.ts";
import type { BookConfig } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import type { Store } from "../store/store.ts";
import { eventsOf } from "./events-of.ts";
import type { House } from "./house.ts";

export const HANDOVER_ACCEPTED = "handover.accepted";

/** Persons who have signed one hand-over, by the digest of its facts. */
export const acceptedBy = async (store: Pick<Store, "events">, facts: string): Promise<readonly string[]> =>
  (await eventsOf(store, HANDOVER_ACCEPTED)).flatMap(({ subject, data }) =>
    subject === facts ? [String(data["person"])] : [],
  );

/**
 * Records that the receiver has taken a hand-over, once. Rejects as the evidence's `judgeHandover` does, and with
 * WatchbookError HANDOVER-TWICE.
 */
export async function acceptHandover(
  { store, clock }: Pick<House, "store" | "clock">,
  { people }: Pick<BookConfig, "people">,
  { text, signature }: { readonly text: string; readonly signature: string },
): Promise<Accepted> {
  const accepted = judgeHandover(text, signature, people);
  const { facts: subject, ...data } = accepted;
  if ((await acceptedBy(store, subject)).includes(accepted.person))
    throw new WatchbookError("HANDOVER-TWICE", { person: accepted.person });
  const event = { at: clock.wall(), kind: HANDOVER_ACCEPTED, subject, data: { ...data, signature } };
  await store.commit([{ kind: "event.add", event }]);
  return accepted;
}
