import { createHash } from "node:crypto";
import type { NoticeRecord } from "../../model/alert.ts";
import type { Sending } from "./rate.ts";

const SHOWN = 30;
const NAMED = 5;

/** Several notices of one channel told as one: all of their alerts, the worst first. Pure; one notice is itself. */
export function summed(sending: Sending, perMinute: number): NoticeRecord {
  const [first, ...more] = sending;
  if (more.length === 0) return first;
  const worst = sending.toSorted((a, b) => a.rank - b.rank)[0]!;
  const firing = sending.find(({ event }) => event !== "resolve" && event !== "acknowledge");
  const subjects = [...new Set(sending.map(({ subject }) => subject))];
  const id = createHash("sha256")
    .update(JSON.stringify(sending.map((notice) => notice.id)))
    .digest("hex")
    .slice(0, 16);
  return {
    ...worst,
    ...{ id, group: id, event: firing?.event ?? first.event },
    subject: `${subjects.slice(0, NAMED).join(", ")}${subjects.length > NAMED ? ", \u2026" : ""}`,
    because: { ...worst.because, summed: perMinute },
    alerts: sending
      .toSorted((a, b) => a.rank - b.rank)
      .flatMap(({ alerts }) => alerts)
      .slice(0, SHOWN),
    ids: sending.flatMap(({ ids }) => ids),
  };
}
