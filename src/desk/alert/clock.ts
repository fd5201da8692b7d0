import type { Alert, AlertGroup, NoticeRecord, Watch } from "../../model/alert.ts";
import { putAlert, putGroup, putNotice, putWatch, type Work } from "./desk.ts";
import { moveOutside, patient } from "./outside.ts";

/** A watch whose timers go on as if the clock had not been set. */
export const watchMoved = (watch: Watch, by: number): Watch => ({
  ...watch,
  since: watch.since + by,
  flips: watch.flips.map((at) => at + by),
  ...(watch.blind !== undefined && { blind: watch.blind + by }),
  ...(watch.calm !== undefined && { calm: watch.calm + by }),
});

const alertMoved = (alert: Alert, by: number): Alert => ({ ...alert, started: alert.started + by });

const groupMoved = (group: AlertGroup, by: number): AlertGroup => ({
  ...group,
  opened: group.opened + by,
  told: group.told.map((one) => ({ ...one, at: one.at + by })),
  ...(group.spoke !== undefined && { spoke: group.spoke + by }),
  ...(group.chain && { chain: { ...group.chain, due: group.chain.due + by } }),
  ...(group.ack && { ack: { ...group.ack, until: group.ack.until + by } }),
});

/** It tells what lasts as that is now; what had ended before keeps both of its moments. */
const noticeMoved = (notice: NoticeRecord, by: number): NoticeRecord => ({
  ...notice,
  at: notice.at + by,
  due: notice.due + by,
  alerts: notice.alerts.map((one) => (one.ended === undefined ? { ...one, started: one.started + by } : one)),
});

/**
 * The clock was set: everything that waits goes on waiting as long as it would have, and what lasts has lasted as long as it
 * did. What is tied to the clock on the wall (silences, windows) stays; so does what is only on record: trails, attempts,
 * notices that were told, what is over. Ids stay, whatever moment they were made from.
 */
export function shift(work: Work, by: number): void {
  for (const watch of [...work.watches.values()]) putWatch(work, watchMoved(watch, by));
  for (const alert of [...work.open.values()]) putAlert(work, alertMoved(alert, by));
  for (const group of [...work.groups.values()]) putGroup(work, groupMoved(group, by));
  for (const notice of [...work.outbox.values()]) putNotice(work, noticeMoved(notice, by));
  moveOutside(work, by);
}

/**
 * Nobody looked for a while: what was about to fire has not been seen to last meanwhile, nor has what could not be judged.
 * Timers of the chain went on, for somebody was waited for all that time.
 */
export function resumed(work: Work, downMs: number): void {
  const later = (at: number): number => Math.max(at, Math.min(work.now, at + downMs));
  for (const watch of [...work.watches.values()]) {
    const { phase, since, blind } = watch;
    if (phase !== "pending" && blind === undefined) continue;
    putWatch(work, {
      ...watch,
      ...(phase === "pending" && { since: later(since) }),
      ...(blind !== undefined && { blind: later(blind) }),
    });
  }
  patient(work);
}
