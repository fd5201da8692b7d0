import type { Tries } from "../../desk/access/throttle.ts";

/** Names that are remembered of one kind. */
const MOST = 10_000;
/** Of so many oldest names the one with the fewest tries is forgotten when there is no room. */
const OLDEST = 32;

/** Tries by name, of one kind: what is counted for other kinds takes no room here. */
export class Remembered {
  readonly #tries = new Map<string, Tries>();

  get(name: string): Tries | undefined {
    return this.#tries.get(name);
  }

  put(name: string, tries: Tries): void {
    this.#tries.delete(name);
    this.#tries.set(name, tries);
    if (this.#tries.size > MOST) this.#tries.delete(this.#least());
  }

  delete(name: string): void {
    this.#tries.delete(name);
  }

  /** Names that were tried once, as many as they come, push out none that is being guessed at. */
  #least(): string {
    const oldest = [...this.#tries.entries().take(OLDEST)];
    return oldest.reduce((least, one) => (one[1].failed < least[1].failed ? one : least))[0];
  }
}
