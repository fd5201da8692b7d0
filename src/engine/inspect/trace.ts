import type { EvidenceEvent } from "../../model/evidence.ts";
import type { InspectionEventData } from "../../model/inspection-event.ts";
import type { Clock } from "../../model/time.ts";
import { bootId } from "../boot.ts";

/** The events of one run, in the order they happened; time is counted from the first moment, monotonic. */
export class Trace {
  readonly #clock: Clock;
  readonly #start: bigint;
  readonly #events: EvidenceEvent[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.monotonic();
  }

  add<T extends keyof InspectionEventData>(type: T, actor: string, data: InspectionEventData[T]): void {
    this.#events.push({
      seq: this.#events.length + 1,
      mono_ns: String(this.#clock.monotonic() - this.#start),
      wall_ms: this.#clock.wall(),
      boot_id: bootId(),
      actor,
      type,
      data: { ...data },
    });
  }

  /** Seconds since the run began, monotonic. */
  seconds(): number {
    return Number(this.#clock.monotonic() - this.#start) / 1e9;
  }

  events(): readonly EvidenceEvent[] {
    return [...this.#events];
  }
}
