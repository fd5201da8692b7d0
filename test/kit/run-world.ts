// Simulated targets: what attempts really did there, and what their receipts tell.
import type { Attempt, AttemptEnd, Ending } from "../../src/model/journal.ts";
import { attemptKey } from "../../src/engine/run/core/command.ts";

/** The fate of one attempt on its target. */
export interface Fate {
  readonly attempt: Attempt;
  /** Something was begun there. */
  began: boolean;
  /** It is over there; what its receipt says. */
  end?: Ending;
}

/** Takes the next choice of a tape; when it is used up, the first one, which is always the harmless one. */
export class Tape {
  readonly #choices: readonly number[];
  #at = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** 0 … n - 1. */
  take(n: number): number {
    const choice = this.#choices[this.#at] ?? 0;
    this.#at += 1;
    return choice % n;
  }

  get isUsedUp(): boolean {
    return this.#at >= this.#choices.length;
  }
}

/** Endings of an attempt that a worker saw; the first is the harmless one. */
const ENDS: readonly Ending[] = ["ok", "ok", "ok", "ok", "failed", "timeout", "unreachable", "unknown"];

/** What can have become of an attempt whose worker is gone. */
export const FATES = ["not begun", "goes on", "ok", "failed"] as const;

export class World {
  readonly fates = new Map<string, Fate>();
  /** Targets leave receipts. */
  readonly receipts: boolean;
  readonly #tape: Tape;

  constructor(tape: Tape, receipts: boolean) {
    this.#tape = tape;
    this.receipts = receipts;
  }

  fateOf(attempt: Attempt): Fate | undefined {
    return this.fates.get(attemptKey(attempt));
  }

  /** The effect begins. */
  begin(attempt: Attempt): void {
    this.fates.set(attemptKey(attempt), { attempt, began: true });
  }

  /** The worker sees the attempt end. */
  end(attempt: Attempt): Omit<AttemptEnd, "seconds"> {
    const fate = this.fateOf(attempt)!;
    const seen = ENDS[this.#tape.take(ENDS.length)]!;
    if (seen === "unreachable") this.fates.set(attemptKey(attempt), { attempt, began: false });
    else fate.end = seen === "unknown" ? (["ok", "failed"] as const)[this.#tape.take(2)]! : seen;
    return { ending: seen };
  }

  /** The worker is gone: what had become of the attempt by then. */
  orphan(attempt: Attempt, fate: (typeof FATES)[number] = FATES[this.#tape.take(FATES.length)]!): void {
    if (fate === "not begun") this.fates.delete(attemptKey(attempt));
    else if (fate !== "goes on") this.fateOf(attempt)!.end = fate;
  }

  /** What the receipt tells; an attempt that goes on ends now. */
  recall(attempt: Attempt): Omit<AttemptEnd, "seconds"> | undefined {
    if (!this.receipts) return undefined;
    if (this.#tape.take(8) === 7) return { ending: "unreachable", via: "receipt" };
    const fate = this.fateOf(attempt);
    if (!fate?.began) return { ending: "unknown", via: "receipt", reason: "never-began" };
    fate.end ??= this.#tape.take(3) < 2 ? "ok" : "failed";
    return { ending: fate.end, via: "receipt" };
  }

  /** Whether it really ended well there. */
  happened(attempt: Attempt): boolean {
    const fate = this.fateOf(attempt);
    if (fate?.began) fate.end ??= "ok";
    return fate?.began === true && fate.end === "ok";
  }
}
