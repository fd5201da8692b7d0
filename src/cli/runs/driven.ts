import type { RunControl } from "../../engine/run/control.ts";
import { WatchbookError } from "../../model/error.ts";
import type { RunRecord } from "../../model/run.ts";
import { byOf } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";

/** The runs that this process has driven, each as it was heard of last. */
export class Driven {
  readonly #control: RunControl;
  readonly #heard = new Map<string, RunRecord>();
  /** What others have asked for and is being done: a run that it begins or lets go on is not heard of yet. */
  readonly #asked = new Set<Promise<unknown>>();
  #count = 0;

  constructor(control: RunControl) {
    this.#control = control;
    control.hear((record) => {
      this.#heard.set(record.id, record);
      this.#count += 1;
    });
  }

  /** Those that go on by themselves. */
  going(): readonly RunRecord[] {
    return [...this.#heard.values()].filter(
      ({ state, waits }) => state === "running" || (state === "waiting" && waits.every((kind) => kind === "timer")),
    );
  }

  /** Does what somebody has asked for; until it is done nothing rests. */
  async during<T>(asked: Promise<T>): Promise<T> {
    this.#asked.add(asked);
    try {
      return await asked;
    } finally {
      this.#asked.delete(asked);
    }
  }

  /** Resolves when none of them goes on without a person, and the evidence of those that have ended is written. */
  async rest(): Promise<void> {
    for (let before = -1; before !== this.#count || this.#asked.size > 0;) {
      before = this.#count;
      // What stopped one of them is told where that run is followed, and a refusal to whoever asked.
      await Promise.allSettled([...this.#asked, ...[...this.#heard.keys()].map((id) => this.#control.settled(id))]);
    }
  }

  /** Pauses those that go on, and those that are just being begun, for whoever interrupts this process. */
  async pause(call: Pick<Call, "world" | "values">): Promise<void> {
    const asked = [...this.#asked];
    const reason = call.world.signal.reason === "SIGTERM" ? "SIGTERM" : "Ctrl-C";
    const pauseAll = async (): Promise<void> => {
      // One that cannot be paused keeps no other from it.
      const tried = await Promise.allSettled(this.going().map(({ id }) => this.#pauseOne(id, byOf(call), reason)));
      for (const one of tried) if (one.status === "rejected") throw one.reason;
    };
    await pauseAll();
    if (asked.length === 0) return;
    await Promise.allSettled(asked);
    await pauseAll();
  }

  async #pauseOne(id: string, by: string, reason: string): Promise<void> {
    try {
      await this.#control.act(id, by, { do: "pause", reason });
    } catch (error) {
      // It has ended, or somebody else has paused it meanwhile: nobody needs to drive it.
      if (!(error instanceof WatchbookError) || !OVER.has(error.code)) throw error;
    }
  }
}

const OVER: ReadonlySet<string> = new Set(["RUN-ENDED", "RUN-PAUSED"]);
