import { deskOf, wantedOf, type Changed, type Desk } from "../../desk/alert/index.ts";
import type { Alert, Decision } from "../../model/alert.ts";
import type { Change, Store, StoredEvent } from "../../store/store.ts";

/** More than this many open records of one sort are no desk that anybody keeps. */
const MOST = 200_000;

/** The desk as the store has it. */
export async function loadDesk(store: Pick<Store, "desk" | "deskOne">): Promise<Desk> {
  const open = { open: true, limit: MOST } as const;
  const [watches, alerts, groups, silences, notices] = await Promise.all([
    store.desk("watch", open),
    store.desk("alert", open),
    store.desk("group", open),
    store.desk("silence", open),
    store.desk("notice", open),
  ]);
  const here = new Set(alerts.map(({ id }) => id));
  const missing = [...wantedOf(groups)].filter((id) => !here.has(id));
  const over = await Promise.all(missing.map((id) => store.deskOne("alert", id)));
  const found = over.filter((alert) => alert !== undefined);
  return deskOf({ watches, alerts: [...alerts, ...found], groups, silences, notices });
}

/** Decisions of an alert that are events for everybody; the rest is its own trail. */
const EVENTS: ReadonlySet<Decision["did"]> = new Set([
  "fired",
  "resolved",
  "lapsed",
  "closed",
  "withdrawn",
  "acknowledged",
  "escalated",
]);

function eventsOf(alert: Alert, now: number): Omit<StoredEvent, "seq">[] {
  const { id, title, target, service = "", severity } = alert;
  return alert.trail
    .filter(({ at, did }) => at === now && EVENTS.has(did))
    .map(({ did, args }) => ({
      at: now,
      kind: `alert.${did}`,
      subject: id,
      data: { title, target, service, severity, ...args },
    }));
}

/** More alerts in one step than this are one event; incidents look for themselves what became of theirs. */
const FLOOD = 50;

/** One step's records as changes of the store, and the events that it is; all are committed together. */
export function changesOf(changed: Changed, now: number): readonly Change[] {
  const events = changed.alerts.flatMap((alert) => eventsOf(alert, now));
  const flood = { at: now, kind: "alert.flood", subject: "", data: { count: events.length } };
  return [
    ...changed.watches.map((record): Change => ({ kind: "desk.put", of: "watch", record })),
    ...changed.alerts.map((record): Change => ({ kind: "desk.put", of: "alert", record })),
    ...changed.groups.map((record): Change => ({ kind: "desk.put", of: "group", record })),
    ...changed.silences.map((record): Change => ({ kind: "desk.put", of: "silence", record })),
    ...changed.notices.map((record): Change => ({ kind: "desk.put", of: "notice", record })),
    ...(events.length > FLOOD ? [flood] : events).map((event): Change => ({ kind: "event.add", event })),
  ];
}

/** What a record or value is known by; undefined for what happened, which is kept each time. */
function nameOf(change: Change): string | undefined {
  if (change.kind === "value.set") return `value ${change.key}`;
  if (change.kind !== "desk.put") return undefined;
  const { record } = change;
  return `${change.of} ${"id" in record ? record.id : "key" in record ? record.key : record.person}`;
}

/** The same changes, of everything only as it stands last: what waits for a disk does not grow with every look at it. */
export function compacted(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes
    .toReversed()
    .filter((change) => {
      const name = nameOf(change);
      if (name === undefined) return true;
      const fresh = !seen.has(name);
      seen.add(name);
      return fresh;
    })
    .toReversed();
}
