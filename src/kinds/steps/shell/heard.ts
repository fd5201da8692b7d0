import type { StepContext } from "../../../model/step.ts";

/** So much of an output is compared with what is expected, bytes. */
const MOST = 1_048_576;

/** What of a context a receipt needs, with an ear on standard output. */
export class Heard implements Pick<StepContext, "clock" | "signal" | "log"> {
  readonly clock: StepContext["clock"];
  readonly signal: AbortSignal;
  readonly #log: StepContext["log"];
  readonly #chunks: Uint8Array[] = [];
  /** Bytes of standard output so far. */
  bytes = 0;

  constructor(context: StepContext) {
    this.clock = context.clock;
    this.signal = context.signal;
    this.#log = (chunk, stream) => context.log(chunk, stream);
  }

  get isCut(): boolean {
    return this.bytes > MOST;
  }

  log(chunk: Uint8Array, stream: "out" | "err"): void {
    if (stream === "out") {
      this.bytes += chunk.length;
      if (!this.isCut) this.#chunks.push(chunk.slice());
    }
    this.#log(chunk, stream);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
