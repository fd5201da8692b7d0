import { beginningOf } from "../posix/token.ts";

const NOTHING: Buffer = Buffer.alloc(0);

/** Reads one output of a guarded command: what stands between two lines that begin with the token. */
export class Marks {
  readonly #token: Buffer;
  readonly #pass: (chunk: Buffer) => void;
  #held = NOTHING;
  #state: "before" | "between" | "after" = "before";

  /** The token must not occur in the output: make it random. */
  constructor(token: string, pass: (chunk: Buffer) => void) {
    this.#token = Buffer.from(token);
    this.#pass = pass;
  }

  /** The command's own output has begun. */
  get begun(): boolean {
    return this.#state !== "before";
  }

  /** What stands behind the last token, once its line is whole: `exit 3`, `spawn not-found`, or nothing. */
  get last(): string | undefined {
    const end = this.#state === "after" ? this.#held.indexOf(10) : -1;
    return end < 0 ? undefined : this.#held.toString("latin1", 0, end).trim();
  }

  /** What was said before the token: by a login shell, or by a connection that was refused. */
  get noise(): string {
    return this.#state === "before" ? this.#held.toString("utf8").trim() : "";
  }

  push(chunk: Buffer): void {
    if (this.#state === "after" && this.last !== undefined) return;
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#state === "before") this.#begin();
    if (this.#state === "between") this.#flow();
  }

  #begin(): void {
    const at = this.#held.indexOf(this.#token);
    const end = at < 0 ? -1 : this.#held.indexOf(10, at);
    if (end >= 0) {
      this.#state = "between";
      this.#held = this.#held.subarray(end + 1);
      // A login shell may say much; the end of it is enough.
    } else if (this.#held.length > 65_536) this.#held = Buffer.from(this.#held.subarray(-4_096));
  }

  #flow(): void {
    const at = this.#held.indexOf(this.#token);
    const ready = at >= 0 ? at : this.#held.length - beginningOf(this.#token, this.#held);
    if (ready > 0) this.#pass(this.#held.subarray(0, ready));
    const from = at >= 0 ? at + this.#token.length : ready;
    // A copy: the chunk is part of a larger buffer that would stay.
    this.#held = from === this.#held.length ? NOTHING : Buffer.from(this.#held.subarray(from));
    if (at >= 0) this.#state = "after";
  }
}
