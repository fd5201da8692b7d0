import { randomUUID } from "node:crypto";
import { given } from "../model/given.ts";
import { WatchbookError } from "../model/error.ts";
import type { Gap, GapAsk } from "../model/gap.ts";
import type { Store } from "../store/store.ts";
import { eventsOf } from "./events-of.ts";
import type { House } from "./house.ts";

const RECORDED = "gap.recorded";
const CLOSED = "gap.closed";

const textIn = (data: Readonly<Record<string, unknown>>, key: string): string | undefined =>
  typeof data[key] === "string" ? data[key] : undefined;

/** Every question that was recorded, oldest first, with how it was closed. */
export async function gapsNow(store: Pick<Store, "events">): Promise<readonly Gap[]> {
  const closed = new Map((await eventsOf(store, CLOSED)).map((event) => [event.subject, event]));
  return (await eventsOf(store, RECORDED)).map(({ subject: id, at, data }) => {
    const end = closed.get(id);
    return {
      ...given({ owner: textIn(data, "owner"), due: textIn(data, "due") }),
      ...{ id, at, question: textIn(data, "question") ?? "", by: textIn(data, "by") ?? "" },
      ...(end && {
        closed: { at: end.at, by: textIn(end.data, "by") ?? "", reason: textIn(end.data, "reason") ?? "" },
      }),
    };
  });
}

/** Records a question that the manual could not answer. Rejects with WatchbookError GAP-EMPTY. */
export async function recordGap(
  { store, clock }: Pick<House, "store" | "clock">,
  { question, by, owner, due }: GapAsk,
): Promise<Gap> {
  const asked = question.trim();
  if (asked === "") throw new WatchbookError("GAP-EMPTY");
  const [id, at] = [randomUUID().slice(0, 8), clock.wall()];
  const data = { question: asked, by, ...given({ owner, due }) };
  await store.commit([{ kind: "event.add", event: { at, kind: RECORDED, subject: id, data } }]);
  return { id, at, ...data };
}

/** Says how the manual answers it now. Rejects with WatchbookError GAP-UNKNOWN or GAP-EMPTY. */
export async function closeGap(
  { store, clock }: Pick<House, "store" | "clock">,
  id: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<Gap> {
  const open = (await gapsNow(store)).filter((gap) => gap.closed === undefined);
  const gap = open.find((one) => one.id === id);
  if (gap === undefined) throw new WatchbookError("GAP-UNKNOWN", { gap: id, known: open.map((one) => one.id) });
  if (reason.trim() === "") throw new WatchbookError("GAP-EMPTY");
  const closed = { at: clock.wall(), by, reason: reason.trim() };
  const { at, ...data } = closed;
  await store.commit([{ kind: "event.add", event: { at, kind: CLOSED, subject: id, data } }]);
  return { ...gap, closed };
}
