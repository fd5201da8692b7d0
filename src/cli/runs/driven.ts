import type { RunControl } from "../../engine/run/control.ts";
import { WatchbookError } from "../../model/error.ts";
import type { RunRecord } from "../../model/run.ts";
import { byOf } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";

/** The runs that this process has driven, each as it was heard of last. */
export class Driven {
  readonly #control: RunControl;
  readonly #heard = new Map<string, RunRecord>();
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

  /** Resolves when none of them goes on without a person, and the evidence of those that have ended is written. */
  async rest(): Promise<void> {
    for (let before = -1; before !== this.#count;) {
      before = this.#count;
      // What stopped one of them is told where that run is followed.
      await Promise.allSettled([...this.#heard.keys()].map((id) => this.#control.settled(id)));
    }
  }

  /** Pauses those that go on, for whoever interrupts this process. */
  async pause(call: Pick<Call, "world" | "values">): Promise<void> {
    const reason = call.world.signal.reason === "SIGTERM" ? "SIGTERM" : "Ctrl-C";
    for (const { id } of this.going()) {
      try {
        await this.#control.act(id, byOf(call), { do: "pause", reason });
      } catch (error) {
        // It has ended, or somebody else has paused it meanwhile: nobody needs to drive it.
        if (!(error instanceof WatchbookError) || !OVER.has(error.code)) throw error;
      }
    }
  }
}

const OVER: ReadonlySet<string> = new Set(["RUN-ENDED", "RUN-PAUSED"]);
