import { beginningOf } from "../posix/token.ts";

/** The end of one part, as its line has it: words behind the token. */
export type Ended = (words: readonly string[]) => void;

const NOTHING: Buffer = Buffer.alloc(0);

/** Parts a stream at lines that begin with the token, as chunks come. What precedes a line belongs to the part it ends. */
export class Parts {
  readonly #token: Buffer;
  readonly #pass: (chunk: Buffer) => void;
  readonly #ended: Ended;
  #held = NOTHING;

  /** The token must not occur in the output: make it random. */
  constructor(token: string, pass: (chunk: Buffer) => void, ended: Ended) {
    this.#token = Buffer.from(`${token} `);
    this.#pass = pass;
    this.#ended = ended;
  }

  push(chunk: Uint8Array): void {
    let held = this.#held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : this.#with(chunk);
    for (;;) {
      const at = held.indexOf(this.#token);
      const passed = at < 0 ? held.length - beginningOf(this.#token, held) : at;
      if (passed > 0) this.#pass(held.subarray(0, passed));
      const end = at < 0 ? -1 : held.indexOf(10, at);
      if (end < 0) return this.#hold(held, passed);
      const words = held.toString("latin1", at + this.#token.length, end).split(" ");
      held = held.subarray(end + 1);
      this.#ended(words);
    }
  }

  #with(chunk: Uint8Array): Buffer {
    return Buffer.concat([this.#held, chunk]);
  }

  /** What is kept is a copy: the chunk is whoever's gave it. */
  #hold(held: Buffer, from: number): void {
    this.#held = from === held.length ? NOTHING : Buffer.from(held.subarray(from));
  }
}
