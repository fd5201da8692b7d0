import type { Channel, Listener, Wire } from "./wire.ts";

/** A connection that carries so many commands at once; others wait in order until one has ended. */
export class Few implements Wire {
  readonly #wire: Wire;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(wire: Wire, count: number) {
    this.#wire = wire;
    this.#free = count;
  }

  async open(line: string, listener: Listener): Promise<Channel> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const channel = await this.#wire.open(line, listener);
      void channel.closed.then(() => this.#leave());
      return channel;
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#wire[Symbol.asyncDispose]();
  }
}
