import { advance, type AlertEvent, type Desk } from "../../desk/alert/index.ts";
import type { OnCall } from "../../model/alert-policy.ts";
import type { Watch } from "../../model/alert.ts";
import { evaluate, keyOf, moved } from "../../desk/alert/index.ts";
import type { Reading } from "../../model/check.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Rule } from "../../model/rule.ts";
import type { Rota } from "../../model/rota.ts";
import { answerAt } from "../../desk/rota/index.ts";
import type { Change } from "../../store/store.ts";
import type { House, OpenBook } from "../house.ts";
import { rotasNow } from "../rota.ts";
import { digestsOf, keptDigests, lastDigests } from "./channel-digests.ts";
import { openChannelLog, type ChannelLog } from "./channel-log.ts";
import { makeDrift } from "./drift.ts";
import { changesOf, compacted, loadDesk } from "./keep.ts";
import { linkOf, makeLinkKey } from "./link.ts";
import { makeOutbox, type NoticeCounts } from "./outbox.ts";
import { news } from "./news.ts";
import { inTime, PATIENCE } from "./patience.ts";
import { makeRings } from "./rings.ts";
import { makeSays } from "./says.ts";
import { goneKeys, rulesNow } from "./rules-now.ts";

export interface AlertsParts {
  readonly house: House;
  readonly open: () => OpenBook;
  /** Milliseconds between two rounds of checks: what was told before a start is looked at within two of them. */
  readonly interval: () => number;
  readonly onBug: (error: unknown) => void;
  /** Nothing is sent: it stays in the outbox for the next daemon. */
  readonly quiet?: true;
}

/** Alerts as the daemon keeps them: readings in, notices out. */
export interface Alerts {
  /** A check was read. What it means is decided, kept and sent at once. */
  read(reading: Reading): void;
  /** Time went by: absences, timers, notices that are due, a clock that was set, a new book. */
  pass(): Promise<void>;
  desk(): Desk;
  /** Applies what a person says; resolves when it is kept, with what `also` changes in the same commit. */
  say(event: AlertEvent, also?: readonly Change[]): Promise<void>;
  /** Who is on call by a rota at a moment, as of the last pass. */
  readonly onCall: OnCall;
  /** Notices by what became of them, since the start. */
  counts(): NoticeCounts;
  /** What is to be kept when a person answered from a notice of a channel. */
  answered(channel: string): Change;
  /** Keeps that a person tried a channel, and that its receiver took it. */
  tested(channel: string, taken: boolean, event: Change): Promise<void>;
  /** Secret that signs the links of notices. */
  readonly key: string;
  /** Why nothing can be kept now; people are told all the same. */
  ill(): WatchbookError | undefined;
  stop(): Promise<void>;
}

/** Names the moment at which somebody looked last, at most so much before it was, and since when without a gap. */
const SEEN = "alerts.seen";
const SINCE = "alerts.since";
const SEEN_EVERY_MS = 30_000;
/** A shorter time in which nobody looked is none: whoever restarts again and again goes on where it was. */
const GAP_MS = 90_000;
/** Nothing that was told before such a gap is repeated before this, and nothing that was told before a start before that. */
const SETTLE_MS = 30_000;
const LOOK_MS = 5_000;
/** A store that refuses for so long is not waited for: whoever is to be told is told. */
const PATIENCE_MS = 5_000;
/** All rules are judged this often, without a reading too: what is absent, what grows old. */
const ALL_EVERY_MS = 5_000;

/** Opens the desk that the last owner left. Rejects as the store does. */
export async function makeAlerts(parts: AlertsParts): Promise<Alerts> {
  const log = await openChannelLog(parts.house.store);
  const alerts = new Running(parts, await loadDesk(parts.house.store), await makeLinkKey(parts.house.store), log);
  await alerts.resume();
  return alerts;
}

class Running implements Alerts {
  readonly key: string;
  readonly #parts: AlertsParts;
  readonly #rings = makeRings();
  readonly #says = makeSays();
  readonly #drift: () => number;
  readonly #outbox;
  readonly #log: ChannelLog;
  /** States of rules with values that nobody keeps; the desk has those that a restart must know. */
  readonly #watches: Map<string, Watch>;
  #started: number;
  /** Since when somebody looks, but for gaps that are none: not later than the start. */
  #since: number;
  #desk: Desk;
  #rotas: readonly Rota[] = [];
  #book: OpenBook["book"] | undefined;
  /** Records that the store has not taken yet. */
  #unkept: Change[] = [];
  #refusal: { readonly error: WatchbookError; readonly since: bigint } | undefined;
  #seen = 0;
  #judged = Number.NEGATIVE_INFINITY;
  #keeping: Promise<void> | undefined;
  /** What is being kept has not been answered for too long. */
  #hangs = false;
  #learning: Promise<void> | undefined;

  constructor(parts: AlertsParts, desk: Desk, key: string, log: ChannelLog) {
    this.key = key;
    this.#log = log;
    this.#parts = parts;
    this.#desk = desk;
    this.#watches = new Map(desk.watches);
    this.#drift = makeDrift(parts.house.clock);
    this.#started = parts.house.clock.wall();
    this.#since = this.#started;
    this.#outbox = makeOutbox(parts.house, (event) => this.#landed(event), parts.onBug);
  }

  /** Whoever was down did not look: nothing pending has been seen to last. */
  async resume(): Promise<void> {
    const { house, open } = this.#parts;
    await this.#outbox.learn(open());
    // Before the first reading: whoever is on call must be known when the first alert fires.
    this.#rotas = await rotasNow(house.store, open().book);
    // Whoever only says one thing looks at nothing; nor did anybody who could have heard a source.
    if (this.#parts.quiet) return await this.say({ kind: "resumed", downMs: 0 });
    const seen = Number((await house.store.value(SEEN)) ?? this.#started);
    const by = Math.min(0, this.#started - seen);
    const downMs = Math.max(0, this.#started - seen - SEEN_EVERY_MS);
    if (downMs < GAP_MS) this.#since = Number((await house.store.value(SINCE)) ?? this.#started) + by;
    house.clockSet?.add(by);
    this.#unkept.push(...(house.clockSet?.changes() ?? []));
    // Where the clock was set back meanwhile nobody knows how long that was: every source gets its time all the same.
    await this.#say([...(by < 0 ? [{ kind: "clock", by } as const] : []), { kind: "resumed", downMs }]);
  }

  desk(): Desk {
    return this.#desk;
  }

  counts(): NoticeCounts {
    return this.#outbox.counts();
  }

  ill(): WatchbookError | undefined {
    return this.#refusal?.error;
  }

  read(reading: Reading): void {
    const rules = rulesNow(this.#parts.open().book).byCheck.get(reading.check);
    if (!rules) return;
    this.#lookAtClock();
    this.#rings.add(reading);
    this.#says.add(reading);
    const events = this.#judge(rules);
    if (events.length === 0) return;
    this.#apply(events);
    void this.#flush().catch(this.#parts.onBug);
  }

  async pass(): Promise<void> {
    const { house, open } = this.#parts;
    const { book } = open();
    this.#lookAtClock();
    const refused = await this.#learned(book);
    const now = house.clock.wall();
    const { rules } = rulesNow(book);
    const all = now - this.#judged >= ALL_EVERY_MS || now < this.#judged;
    if (all) this.#judged = now;
    const due = all ? rules : rules.filter((rule) => this.#watches.get(keyOf(rule))?.phase === "pending");
    this.#apply([...this.#judge(due), { kind: "tick" }]);
    await this.#flush();
    if (refused) throw refused;
  }

  /** What a store has to be read for. One that refuses, or hangs, stops no timer: what was known then still holds. */
  async #learned(book: OpenBook["book"]): Promise<WatchbookError | undefined> {
    this.#learning ??= this.#learn(book).finally(() => (this.#learning = undefined));
    try {
      await inTime(this.#parts.house.clock, this.#learning);
    } catch (error) {
      if (!(error instanceof WatchbookError)) throw error;
      return error;
    }
    return undefined;
  }

  async #learn(book: OpenBook["book"]): Promise<void> {
    if (book !== this.#book) await this.#renew(book);
    this.#rotas = await rotasNow(this.#parts.house.store, book);
  }

  /** What became of a notice; that a channel took one is kept with it. */
  async #landed(event: Extract<AlertEvent, { readonly kind: "delivery" }>): Promise<void> {
    const channel = this.#desk.outbox.get(event.notice)?.channel;
    const taken = event.delivery.kind === "delivered" && channel !== undefined;
    await this.say(event, taken ? [this.#log.note(channel, "taken", this.#parts.house.clock.wall())] : []);
  }

  answered(channel: string): Change {
    return this.#log.note(channel, "answered", this.#parts.house.clock.wall());
  }

  async tested(channel: string, taken: boolean, event: Change): Promise<void> {
    const noted = taken ? [this.#log.note(channel, "taken", this.#parts.house.clock.wall())] : [];
    await this.#say(taken ? [{ kind: "taken", channel }] : [], [event, ...noted]);
  }

  async say(event: AlertEvent, also: readonly Change[] = []): Promise<void> {
    await this.#say([event], also);
  }

  /** In one step: nothing counts as over between two of them. */
  async #say(events: readonly AlertEvent[], also: readonly Change[] = []): Promise<void> {
    this.#lookAtClock();
    this.#apply(events);
    this.#unkept.push(...also);
    await this.#flush();
  }

  async stop(): Promise<void> {
    await this.#outbox.stop();
    await this.#keeping?.catch(() => undefined);
  }

  /** Before anything is judged: what waits, waits as long as it would have. */
  #lookAtClock(): void {
    const by = this.#drift();
    if (by === 0) return;
    this.#started += by;
    this.#since += by;
    this.#rings.shift(by);
    for (const watch of this.#watches.values()) this.#watches.set(watch.key, moved(watch, by));
    this.#apply([{ kind: "clock", by }]);
    this.#unkept.push(...(this.#parts.house.clockSet?.changes() ?? []));
  }

  /** Rules that left the book end their alerts; new ones look back at what the store has. */
  async #renew(book: OpenBook["book"]): Promise<void> {
    const { house } = this.#parts;
    await this.#outbox.learn(this.#parts.open());
    await this.#rings.restore(rulesNow(book).rules, house.store, house.clock.wall());
    const before = this.#book ? digestsOf(this.#book) : await lastDigests(house.store);
    const keys = goneKeys(new Set([...this.#watches.keys(), ...this.#desk.open.keys()]), book, before);
    for (const key of keys) this.#watches.delete(key);
    if (keys.length > 0) this.#apply([{ kind: "withdrawn", keys }]);
    this.#unkept.push(keptDigests(digestsOf(book)));
    this.#book = book;
  }

  #judge(rules: readonly Rule[]): readonly AlertEvent[] {
    const { policy } = rulesNow(this.#parts.open().book);
    const now = this.#parts.house.clock.wall();
    const points = (check: string) => this.#rings.points(check);
    const judged = evaluate(rules, this.#watches, points, this.#watched, now, policy);
    for (const [key, watch] of judged.watches) this.#watches.set(key, watch);
    const signals = this.#says.on(news(this.#desk, judged));
    return judged.changed.length + signals.length === 0
      ? []
      : [{ kind: "evaluated", watches: judged.changed, signals }];
  }

  /** One step, at once: what is decided next is decided on what comes out of it. */
  #apply(events: readonly AlertEvent[]): void {
    const now = this.#parts.house.clock.wall();
    const { policy } = rulesNow(this.#parts.open().book);
    const begun = this.#unsettled(now);
    const given = {
      ...{ now, policy, onCall: this.#onCall, flying: this.#outbox.flying },
      ...(begun === undefined ? { settled: true } : { settled: false, begun }),
    };
    const { desk, changed } = advance(this.#desk, events, given);
    this.#desk = desk;
    for (const watch of changed.watches) if (this.#watches.has(watch.key)) this.#watches.set(watch.key, watch);
    this.#unkept.push(...changesOf(changed, now), ...this.#lookedAt(now));
  }

  /** Keeps what was decided, one commit at a time, then sends. Everybody who waits is answered when theirs is kept. */
  async #flush(): Promise<void> {
    // What waits for a disk does not grow with every look.
    if (this.#hangs) this.#unkept = compacted(this.#unkept);
    while (!this.#hangs && (this.#unkept.length > 0 || this.#keeping)) {
      this.#keeping ??= this.#keep().finally(() => (this.#keeping = undefined));
      if (!(await inTime(this.#parts.house.clock, this.#keeping))) this.#hang();
      if (this.#refusal) break;
    }
    this.#send();
  }

  /** A disk that answers nothing is as one that refuses: nobody's notice waits for it. */
  #hang(): void {
    const { clock, data } = this.#parts.house;
    this.#hangs = true;
    const since = clock.monotonic() - BigInt(PATIENCE_MS) * 1_000_000n;
    this.#refusal = { error: new WatchbookError("STORE-HANGS", { folder: data, seconds: PATIENCE }), since };
  }

  async #keep(): Promise<void> {
    const { house } = this.#parts;
    const changes = compacted(this.#unkept);
    this.#unkept = [];
    try {
      await house.store.commit(changes);
      this.#refusal = undefined;
    } catch (error) {
      this.#unkept = compacted([...changes, ...this.#unkept]);
      if (!(error instanceof WatchbookError)) throw error;
      this.#refusal = { error, since: this.#refusal?.since ?? house.clock.monotonic() };
    } finally {
      this.#hangs = false;
    }
  }

  get onCall(): OnCall {
    return this.#onCall;
  }

  readonly #onCall = (rota: string, at: number): readonly string[] => {
    const found = this.#rotas.find(({ id }) => id === rota);
    const answer = found && answerAt(found, at);
    if (answer === undefined || answer.state === "gap") return [];
    return answer.state === "on" ? [answer.person] : answer.candidates;
  };

  /**
   * Since when readings of a check are asked for. Nothing that could be judged before a start counts on from there, once this
   * run has tried too: else whoever restarts often would never miss anything.
   */
  readonly #watched = (check: string): number => {
    if (this.#rings.points(check).length === 0) return this.#started;
    const rules = rulesNow(this.#parts.open().book).byCheck.get(check) ?? [];
    return Math.min(this.#started, ...rules.map((rule) => this.#watches.get(keyOf(rule))?.blind ?? this.#started));
  };

  /** What was told before this is not told again now; undefined: all of it may be. */
  #unsettled(now: number): number | undefined {
    if (now - this.#started < LOOK_MS) return this.#started;
    return now - this.#since < Math.max(SETTLE_MS, this.#parts.interval() * 2) ? this.#since : undefined;
  }

  #lookedAt(now: number): readonly Change[] {
    if (this.#parts.quiet || Math.abs(now - this.#seen) < SEEN_EVERY_MS) return [];
    this.#seen = now;
    return [
      { kind: "value.set", key: SEEN, value: String(now) },
      { kind: "value.set", key: SINCE, value: String(this.#since) },
    ];
  }

  /** Nothing is sent that is not kept, unless the store has refused for a while: better told twice than not at all. */
  #send(): void {
    const { house, open, quiet } = this.#parts;
    if (quiet) return;
    const refused = this.#refusal;
    if (refused && house.clock.monotonic() - refused.since < BigInt(PATIENCE_MS) * 1_000_000n) return;
    const { url } = rulesNow(open().book).policy;
    this.#outbox.send(this.#desk, open(), (notice) => (url === undefined ? undefined : linkOf(url, this.key, notice)));
  }
}
