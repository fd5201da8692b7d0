import { join } from "node:path";
import type { OwnForm, Signal } from "../../model/alert.ts";
import { everyMsOf } from "../../model/check.ts";
import { WatchbookError } from "../../model/error.ts";
import { secondsBetween } from "../../model/time.ts";
import { WATCHER_DEFAULTS, type WatcherSpec } from "../../model/watcher.ts";
import { systemRefusal } from "../../store/refusal.ts";
import type { Alerts } from "../alerts/alerts.ts";
import { rulesNow } from "../alerts/rules-now.ts";
import type { ChecksNow } from "../checks-now.ts";
import type { House, OpenBook } from "../house.ts";
import { makeBeat, type Beat } from "./beat.ts";
import { openDeaths, type Deaths } from "./deaths.ts";
import { downBefore, downEvent, type Down } from "./down.ts";
import type { Network } from "./network.ts";
import { openOwed, OWED, type Owed } from "./owed.ts";
import type { Pulse } from "./pulse.ts";
import type { Reserve } from "./reserve.ts";
import { sendOwn } from "./send.ts";

export interface WatcherParts {
  /** Its store is the one that `pulse` listens to. */
  readonly house: House;
  readonly open: () => OpenBook;
  readonly pulse: Pulse;
  readonly reserve: Reserve;
  readonly network: Network;
  readonly alerts: Pick<Alerts, "say" | "desk">;
  readonly checks: Pick<ChecksNow, "now" | "lastReading" | "late">;
  /** Milliseconds between two readings of a check that names no interval of its own; undefined: each as its kind says. */
  readonly interval: () => number | undefined;
  /** Ends what is being sent. */
  readonly signal: AbortSignal;
}

/** Looks after the watcher itself: that it lives, that it can write, that it can see. */
export interface Watcher {
  pass(): Promise<void>;
  /** Whether checks are read and the store takes what is written. */
  well(): boolean;
  /** The time before this start in which nobody watched; undefined: there was none to speak of. */
  readonly down: Down | undefined;
  readonly beat: Pick<Beat, "last" | "counts">;
  /** It ends because somebody wants it to. */
  leave(): Promise<void>;
}

const ALIVE = "watcher.alive";
const ALIVE_EVERY = 15;
/** Whoever could not write for so long is not well, seconds. */
const WRITTEN_WITHIN = 60;
const LOOK_EVERY = 10;

export const specOf = ({ book }: OpenBook): WatcherSpec => book.config.watcher ?? WATCHER_DEFAULTS;

/** Notes what was before, and is owed to whoever is told. Rejects as the store does. */
export async function makeWatcher(parts: WatcherParts): Promise<Watcher> {
  const { house, open } = parts;
  const { store, clock } = house;
  const alive = await store.value(ALIVE);
  const now = clock.wall();
  const down = downBefore(open().book, alive === undefined ? undefined : Number(alive), now);
  const owed = await openOwed({
    ...{ store, clock },
    channels: () => specOf(open()).channels ?? open().book.config.channels.map(({ id }) => id),
    send: (channel, one) => sendOwn(house, open(), { channel }, { kind: "down", ...one }, parts.signal),
  });
  if (down) {
    const value = JSON.stringify([...owed.waiting, down].slice(-10));
    await noted(store.commit([downEvent(house.host, down), { kind: "value.set", key: OWED, value }]));
    owed.add(down);
  }
  let deaths: Deaths | undefined;
  await noted(openDeaths(store, clock).then((opened) => void (deaths = opened)));
  const beat = makeBeat(clock, (spec) => sendOwn(house, open(), spec, { kind: "beat" }, parts.signal));
  return new Watching(parts, { down, owed, beat, deaths });
}

/** A disk that takes nothing does not keep the daemon from starting: what is owed is known as long as it runs. */
async function noted(commit: Promise<void>): Promise<void> {
  try {
    await commit;
  } catch (error) {
    if (!(error instanceof WatchbookError)) throw error;
  }
}

interface Made {
  readonly down: Down | undefined;
  readonly owed: Owed;
  readonly beat: Beat;
  /** Absent: the store could not be read or written when it began. */
  readonly deaths: Deaths | undefined;
}

class Watching implements Watcher {
  readonly down: Down | undefined;
  readonly beat: Beat;
  readonly #parts: WatcherParts;
  readonly #made: Made;
  #alive: bigint | undefined;
  #looked: bigint | undefined;
  #owing = false;
  #failed: { readonly error: unknown } | undefined;

  constructor(parts: WatcherParts, made: Made) {
    this.down = made.down;
    this.beat = made.beat;
    this.#parts = parts;
    this.#made = made;
  }

  well(): boolean {
    const { pulse, house } = this.#parts;
    const at = pulse.committedAt();
    if (at === undefined || pulse.refused() || secondsBetween(at, house.clock.monotonic()) > WRITTEN_WITHIN)
      return false;
    return this.#reads();
  }

  /** Checks are read, and not far behind; a book without any needs none. */
  #reads(): boolean {
    const { checks, house, interval } = this.#parts;
    const now = checks.now();
    if (now.length === 0) return true;
    const kinds = house.registry.checks;
    const every = now.map(({ spec }) => everyMsOf(spec, kinds.get(spec.kind), interval()));
    const [shortest, longest] = [Math.min(...every), Math.max(...every)];
    const last = checks.lastReading();
    const patience = 30_000;
    return (
      last !== undefined &&
      Math.abs(house.clock.wall() - last) <= shortest * 3 + patience &&
      checks.late() <= longest * 3 + patience
    );
  }

  async pass(): Promise<void> {
    const { heartbeat } = specOf(this.#parts.open());
    await this.#live();
    if (this.#due(this.#looked, LOOK_EVERY)) await this.#look();
    const { reserve, pulse } = this.#parts;
    await this.#tell("own-disk", reserve.spent() || pulse.refused()?.code === "STORE-FULL");
    await this.#tell("own-deaths", this.#made.deaths?.many() ?? false);
    // Never together with what is told of targets: those have a sender of their own.
    if (heartbeat) await this.#made.beat.pass(heartbeat, this.well());
    this.#tellOwed();
  }

  async leave(): Promise<void> {
    const { deaths } = this.#made;
    if (deaths) await noted(deaths.left());
  }

  /** A channel that hangs keeps no heartbeat from being sent. Throws what became of it since the last pass. */
  #tellOwed(): void {
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed) throw failed.error;
    if (this.#owing) return;
    this.#owing = true;
    void this.#made.owed
      .pass()
      .catch((error: unknown) => void (this.#failed = { error }))
      .finally(() => (this.#owing = false));
  }

  #due(since: bigint | undefined, seconds: number): boolean {
    return since === undefined || secondsBetween(since, this.#parts.house.clock.monotonic()) >= seconds;
  }

  /** Until when somebody watched, for the next start; and the proof that something can be written. */
  async #live(): Promise<void> {
    const { store, clock } = this.#parts.house;
    if (!this.#due(this.#alive, ALIVE_EVERY)) return;
    this.#alive = clock.monotonic();
    await noted(store.commit([{ kind: "value.set", key: ALIVE, value: String(clock.wall()) }]));
  }

  async #look(): Promise<void> {
    const { reserve, network, open, house } = this.#parts;
    const { references, reserve: bytes } = specOf(open());
    this.#looked = house.clock.monotonic();
    try {
      await reserve.look(bytes);
    } catch (error) {
      throw systemRefusal(error, join(house.data, "reserve")) ?? error;
    }
    await this.#tell("own-network", !(await network.up(references)));
  }

  /** What is wrong with the watcher is an alert like any other: grouped, escalated, told to be over. */
  async #tell(form: OwnForm, firing: boolean): Promise<void> {
    const { alerts, open, house } = this.#parts;
    const key = `watcher@${form}`;
    if (alerts.desk().open.has(key) === firing) return;
    const severity = rulesNow(open().book).policy.severities[0]!.id;
    const what = {
      key,
      rule: "watcher",
      title: `watchbook: ${form.slice(4)}`,
      metric: form,
      check: "",
      target: house.host,
      severity,
    };
    const signal: Signal = { ...what, form, down: false, firing, flapping: false, blind: false };
    await alerts.say({ kind: "signals", signals: [signal] });
  }
}
