import { beginningOf } from "../posix/token.ts";

/** The end of one part, as its line has it: words behind the token. */
export type Ended = (words: readonly string[]) => void;

/** Parts a stream at lines that begin with the token, as chunks come. What precedes a line belongs to the part it ends. */
export class Parts {
  readonly #token: Buffer;
  readonly #pass: (chunk: Buffer) => void;
  readonly #ended: Ended;
  #held: Buffer = Buffer.alloc(0);

  /** The token must not occur in the output: make it random. */
  constructor(token: string, pass: (chunk: Buffer) => void, ended: Ended) {
    this.#token = Buffer.from(`${token} `);
    this.#pass = pass;
    this.#ended = ended;
  }

  push(chunk: Uint8Array): void {
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    for (;;) {
      const at = this.#held.indexOf(this.#token);
      if (at < 0) break;
      this.#flow(at);
      const end = this.#held.indexOf(10);
      if (end < 0) return;
      const words = this.#held.toString("latin1", this.#token.length, end).split(" ");
      this.#held = this.#held.subarray(end + 1);
      this.#ended(words);
    }
    this.#flow(this.#held.length - beginningOf(this.#token, this.#held));
  }

  #flow(length: number): void {
    if (length === 0) return;
    this.#pass(this.#held.subarray(0, length));
    this.#held = Buffer.from(this.#held.subarray(length));
  }
}
