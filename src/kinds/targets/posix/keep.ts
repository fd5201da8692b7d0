/** Keeps the first `limit` bytes of an output and lets the rest flow away. */
export class Keep {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  truncated = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#limit - this.#kept);
    this.truncated ||= part.length < chunk.length;
    this.#kept += part.length;
    // A copy: the chunk is part of a larger buffer that would stay.
    if (part.length > 0) this.#chunks.push(Buffer.from(part));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
