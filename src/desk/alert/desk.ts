import { createHash } from "node:crypto";
import type { AlertPolicy, AlertSeverity, OnCall } from "../../model/alert-policy.ts";
import type { Alert, AlertGroup, Because, Decision, NoticeRecord, Watch } from "../../model/alert.ts";
import type { Silence } from "../../model/silence.ts";

/** Everything about alerts that is not over. Equal records give an equal desk, in whatever order they are read. */
export interface Desk {
  /** By key of rule and target; `channel@ID` for channels that fail. */
  readonly watches: ReadonlyMap<string, Watch>;
  /** Firing, by key. */
  readonly open: ReadonlyMap<string, Alert>;
  /** Ended, but told to somebody who has not heard of the end; by id. */
  readonly over: ReadonlyMap<string, Alert>;
  /** Open groups by key. */
  readonly groups: ReadonlyMap<string, AlertGroup>;
  /** Those whose end has not come, by id. */
  readonly silences: ReadonlyMap<string, Silence>;
  /** The outbox: notices that wait, by id. */
  readonly outbox: ReadonlyMap<string, NoticeRecord>;
}

export const EMPTY_DESK: Desk = {
  watches: new Map(),
  open: new Map(),
  over: new Map(),
  groups: new Map(),
  silences: new Map(),
  outbox: new Map(),
};

/** Records that one step changed, to be committed together. */
export interface Changed {
  readonly watches: readonly Watch[];
  readonly alerts: readonly Alert[];
  readonly groups: readonly AlertGroup[];
  readonly silences: readonly Silence[];
  readonly notices: readonly NoticeRecord[];
}

type Changing = { readonly [K in keyof Changed]: Map<string, Changed[K][number]> };
type Open = { readonly [K in keyof Desk]: Desk[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : never };

/** One step in the making: a desk of its own, and what it changed. */
export interface Work extends Open {
  readonly now: number;
  readonly policy: AlertPolicy;
  readonly onCall: OnCall;
  /** Notices that are being sent just now: whether they arrived is not known. */
  readonly flying: ReadonlySet<string>;
  /** False for a while after a start: what was told is not told again before it was looked at. */
  readonly settled: boolean;
  /** When that start was, milliseconds since the epoch: what began later is not held up. */
  readonly begun?: number;
  /** Waiting notices by their group. */
  readonly waiting: Map<string, Set<string>>;
  readonly changing: Changing;
}

export type Given = Pick<Work, "now" | "policy" | "onCall" | "flying" | "settled" | "begun">;

const byGroup = (outbox: Desk["outbox"]): Work["waiting"] => {
  const found: Work["waiting"] = new Map();
  for (const { id, group } of outbox.values()) found.set(group, (found.get(group) ?? new Set()).add(id));
  return found;
};

/** Each rota is asked once in a step, however many groups it is called for. */
function asked(onCall: OnCall): OnCall {
  const known = new Map<string, readonly string[]>();
  return (rota, at) => {
    const key = `${at} ${rota}`;
    const found = known.get(key) ?? onCall(rota, at);
    known.set(key, found);
    return found;
  };
}

export const begin = (desk: Desk, given: Given): Work => ({
  ...given,
  onCall: asked(given.onCall),
  waiting: byGroup(desk.outbox),
  watches: new Map(desk.watches),
  open: new Map(desk.open),
  over: new Map(desk.over),
  groups: new Map(desk.groups),
  silences: new Map(desk.silences),
  outbox: new Map(desk.outbox),
  changing: { watches: new Map(), alerts: new Map(), groups: new Map(), silences: new Map(), notices: new Map() },
});

export const changedOf = ({ changing }: Work): Changed => ({
  watches: [...changing.watches.values()],
  alerts: [...changing.alerts.values()],
  groups: [...changing.groups.values()],
  silences: [...changing.silences.values()],
  notices: [...changing.notices.values()],
});

export function putWatch(work: Work, watch: Watch): void {
  work.watches.set(watch.key, watch);
  work.changing.watches.set(watch.key, watch);
}

/** An open alert under its key; an ended one among those whose end is to be told. */
export function putAlert(work: Work, alert: Alert): void {
  if (alert.ended === undefined) work.open.set(alert.key, alert);
  else {
    if (work.open.get(alert.key)?.id === alert.id) work.open.delete(alert.key);
    work.over.set(alert.id, alert);
  }
  work.changing.alerts.set(alert.id, alert);
}

/** Those of them that are over, and whose end somebody has not heard of. */
export const overOf = (work: Work, ids: readonly string[]): readonly Alert[] =>
  ids.flatMap((id) => work.over.get(id) ?? []);

export function putGroup(work: Work, group: AlertGroup): void {
  if (group.ended === undefined) work.groups.set(group.key, group);
  else work.groups.delete(group.key);
  work.changing.groups.set(group.id, group);
}

export function putNotice(work: Work, notice: NoticeRecord): void {
  const waiting = work.waiting.get(notice.group) ?? new Set();
  if (notice.state === "waiting") {
    work.outbox.set(notice.id, notice);
    work.waiting.set(notice.group, waiting.add(notice.id));
  } else {
    work.outbox.delete(notice.id);
    waiting.delete(notice.id);
  }
  work.changing.notices.set(notice.id, notice);
}

/** Waiting notices of a group, oldest first. */
export const waitingOf = (
  { waiting, outbox }: Pick<Work, "waiting" | "outbox">,
  group: string,
): readonly NoticeRecord[] =>
  [...(waiting.get(group) ?? [])].map((id) => outbox.get(id)!).toSorted((a, b) => a.number - b.number);

export function putSilence(work: Work, silence: Silence): void {
  work.silences.set(silence.id, silence);
  work.changing.silences.set(silence.id, silence);
}

/** Sixteen hexadecimal digits: among a million two are the same once in forty million times. */
export const idOf = (...parts: readonly (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);

const FIRST = 10;
const NEWEST = 50;

/** The alert with one more decision. */
export function noted(alert: Alert, did: Decision["did"], now: number, args: Decision["args"] = {}): Alert {
  const trail = [...alert.trail, { at: now, did, args }];
  return {
    ...alert,
    trail: trail.length <= FIRST + NEWEST ? trail : [...trail.slice(0, FIRST), ...trail.slice(-NEWEST)],
  };
}

/** Place of a severity in the scale; one that the book does not know (any more) is as bad as the worst. */
export const rankOf = (policy: AlertPolicy, severity: string): number =>
  Math.max(
    0,
    policy.severities.findIndex(({ id }) => id === severity),
  );

/** Why somebody hears how it goes on: they were told before. */
export const toldBefore = (policy: AlertPolicy, severity: string): Because => ({
  ...{ chain: severityOf(policy, severity).chain.id, step: 0, round: 0 },
  told: true,
});

export const severityOf = (policy: AlertPolicy, severity: string): AlertSeverity =>
  policy.severities[rankOf(policy, severity)]!;
