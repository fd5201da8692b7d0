import { randomUUID } from "node:crypto";
import { EMERGENCY_MINUTES, isOn } from "../../desk/access/times.ts";
import type { Emergency } from "../../model/account.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Clock } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import { kept } from "./kept.ts";

/** Rights for a while in an emergency (break-glass): recorded, told, and over by themselves. */
export interface Emergencies {
  /** Those that are on. */
  now(person?: string): readonly Emergency[];
  /** Throws EMERGENCY-REASON, EMERGENCY-MINUTES, EMERGENCY-ON. */
  begin(of: {
    readonly person: string;
    readonly reason: string;
    readonly minutes: number;
    readonly second?: string;
  }): Promise<Emergency>;
  /** Ends all of a person, and gives the last; undefined when there is none. */
  end(person: string, by: string): Promise<Emergency | undefined>;
  /** Hears of every beginning and end; gives the function that stops it. */
  hear(listener: (emergency: Emergency) => void): () => void;
  /** Records the end of those whose time is over; gives them. */
  settle(): Promise<readonly Emergency[]>;
}

/** Characters of a reason that says something. */
const LEAST = 10;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
}

/** Begins and ends are events too: hand-over, page and notices tell of events. */
export async function openEmergencies({ store, clock }: Parts): Promise<Emergencies> {
  const records = await kept(store, "emergency", ({ id }) => id, true);
  const listeners = new Set<(emergency: Emergency) => void>();
  const now = (person?: string): readonly Emergency[] =>
    records.all().filter((one) => isOn(one, clock.wall()) && (person === undefined || one.person === person));
  const say = async (kind: string, emergency: Emergency): Promise<void> => {
    const { id, person, reason, second, until, endedBy } = emergency;
    const data = { person, reason, until, ...(second && { second }), ...(endedBy && { by: endedBy }) };
    await store.commit([{ kind: "event.add", event: { at: clock.wall(), kind, subject: id, data } }]);
    for (const listener of listeners) listener(emergency);
  };
  const close = async (id: string, endedBy: string): Promise<Emergency | undefined> => {
    const over = (one: Emergency): Emergency => ({ ...one, ended: Math.min(clock.wall(), one.until), endedBy });
    const ended = await records.change(id, (one) => (one && one.ended === undefined ? over(one) : undefined));
    if (ended) await say("emergency.ended", ended);
    return ended;
  };
  return {
    now,
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    begin: async ({ person, reason, minutes, second }) => {
      if (reason.trim().length < LEAST) throw new WatchbookError("EMERGENCY-REASON", { least: LEAST });
      if (!Number.isInteger(minutes) || minutes < 1 || minutes > EMERGENCY_MINUTES)
        throw new WatchbookError("EMERGENCY-MINUTES", { most: EMERGENCY_MINUTES });
      const began = clock.wall();
      const of = { id: randomUUID().slice(0, 8), person, reason: reason.trim(), ...(second && { second }) };
      const emergency = { ...of, began, until: began + minutes * 60_000 };
      // Asked in turn: of two at the same moment the second finds the first.
      await records.change(of.id, () => {
        if (now(person).length > 0) throw new WatchbookError("EMERGENCY-ON", { person });
        return emergency;
      });
      await say("emergency.began", emergency);
      return emergency;
    },
    end: async (person, by) => {
      let ended: Emergency | undefined;
      for (const { id } of now(person)) ended = (await close(id, by)) ?? ended;
      return ended;
    },
    settle: async () => {
      const late = records.all().filter((one) => one.ended === undefined && clock.wall() >= one.until);
      const ended = [];
      for (const { id } of late) ended.push(await close(id, "watchbook"));
      return ended.filter((one) => one !== undefined);
    },
  };
}
