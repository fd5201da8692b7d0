import { advance, EMPTY_DESK, ready, type AlertEvent, type Changed, type Desk } from "../../src/desk/alert/index.ts";
import { ALERT_DEFAULTS, type AlertPolicy, type Escalation, type OnCall } from "../../src/model/alert-policy.ts";
import type { NoticeRecord, Signal } from "../../src/model/alert.ts";
import { delivered, type Delivery } from "../../src/model/notice.ts";
import type { Silence } from "../../src/model/silence.ts";

export const T0 = Date.parse("2026-11-20T12:00:00Z");
export const MINUTE = 60_000;

export const chain = (id: string, ...channels: readonly string[]): Escalation => ({
  id,
  steps: channels.map((channel) => ({ channels: [channel], rotas: [], people: [], waitMs: 5 * MINUTE })),
  rounds: 1,
});

export const policy = (more: Partial<AlertPolicy> = {}): AlertPolicy => ({
  ...ALERT_DEFAULTS,
  severities: [
    { id: "P1", chain: chain("P1", "pager", "phone") },
    { id: "P2", chain: chain("P2", "chat") },
  ],
  maintenance: [],
  needs: new Map([["shop", ["db"]]]),
  reach: new Map(),
  channels: ["pager", "phone", "chat"],
  zone: "UTC",
  ...more,
});

export const signal = (name: string, more: Partial<Signal> = {}): Signal => ({
  key: `${name}@web-1`,
  ...{ rule: name, title: name, metric: name, check: name, target: "web-1", service: "shop", severity: "P1" },
  ...{ form: "compare", down: false, firing: true, flapping: false, blind: false },
  ...more,
});

export const silence = (id: string, matchers: Silence["matchers"], more: Partial<Silence> = {}): Silence => ({
  ...{ id, kind: "silence", matchers, by: "li", reason: "works", starts: T0, ends: T0 + 60 * MINUTE },
  ...more,
});

/** A stand-in for the engine: a desk, a clock, channels that answer as told; nothing is ever sent. */
export class DeskWorld {
  desk: Desk = EMPTY_DESK;
  now = T0;
  policy: AlertPolicy;
  settled = true;
  /** When the last start was; absent: before everything. */
  begun: number | undefined;
  onCall: OnCall = () => [];
  /** What channels answer; absent: they take everything. */
  answers: (notice: NoticeRecord) => Delivery | "silent" = () => delivered();
  /** Every notice that a receiver took, in order. */
  readonly heard: NoticeRecord[] = [];
  readonly records: Changed[] = [];

  constructor(more: Partial<AlertPolicy> = {}) {
    this.policy = policy(more);
  }

  /** Events at this moment, then whatever is to be sent, until nothing is. */
  do(...events: readonly AlertEvent[]): void {
    this.#step(events);
    for (let round = 0; round < 50; round += 1) {
      const sent = ready(this.desk, new Set(), this.now).flatMap((notice) => {
        const delivery = this.answers(notice);
        if (delivery === "silent") return [];
        if (delivery.kind === "delivered") this.heard.push(notice);
        return [{ kind: "delivery" as const, notice: notice.id, delivery }];
      });
      if (sent.length === 0) return;
      this.#step(sent);
    }
    throw new Error("it never ends");
  }

  #step(events: readonly AlertEvent[]): void {
    const { now, policy, onCall, settled, begun } = this;
    const given = { now, policy, onCall, settled, flying: new Set<string>(), ...(begun !== undefined && { begun }) };
    const { desk, changed } = advance(this.desk, events, given);
    this.desk = desk;
    this.records.push(changed);
  }

  signals(...signals: readonly Signal[]): void {
    this.do({ kind: "signals", signals });
  }

  /** Lets time go by, a second at a time: as the engine's clock does. */
  wait(ms: number): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now = Math.min(end, this.now + 1_000);
      this.do({ kind: "tick" });
    }
  }

  /** `fire pager`, `resolve pager/wang` … in the order they were taken. */
  get told(): readonly string[] {
    return this.heard.map(
      ({ event, channel, person }) => `${event} ${channel}${person === undefined ? "" : `/${person}`}`,
    );
  }

  alert(key: string) {
    return this.desk.open.get(key);
  }
}
