import type { Reading } from "../../model/check.ts";
import type { GuardSeen, PlanCheck } from "../../model/drill.ts";
import type { Entry } from "../../model/journal.ts";
import type { Plan } from "../../model/plan.ts";
import type { House } from "../house.ts";
import { probe } from "../inspect/probe.ts";
import type { Reaches } from "../reaches.ts";
import type { RunView } from "./core/view.ts";

export interface GuardParts {
  readonly house: House;
  readonly plan: Pick<Plan, "drill">;
  readonly reaches: Reaches;
  /** Each was looked at once, and all were green: from now on the drill may change something. */
  green(): void;
  /** What the drill began is the way out of it: nothing may stand in it. */
  goesOn(): boolean;
  /** One is not green, or could not be looked at. Called once; nothing is looked at any more. */
  red(seen: GuardSeen): void;
  /** Our own bug. */
  broken(error: unknown): void;
}

/** A warning breaks nothing off: a limit was not reached. What could not be measured is not green. */
function seenIn({ check, target, outcome, reason, value, args }: Reading): GuardSeen | undefined {
  if (outcome === "pass" || outcome === "warn") return undefined;
  const detail = Object.entries(args).map(([name, each]) => `${name} ${String(each)}`);
  return {
    ...{ check, where: target, outcome, reason, detail: detail.join(", ") || "-" },
    ...(value !== undefined && { value }),
  };
}

/** From the step on that only the drill's own end puts right. */
export function goesOn({ drill }: Plan, view: RunView): boolean {
  const until = drill?.guards?.until;
  return until !== undefined && view.tasks.some(({ step, attempts }) => step === until && attempts > 0);
}

/** What is journalled of it; what the drill applied is undone where its steps are undone when they fail. */
export function breach(plan: Plan, view: RunView, seen: GuardSeen): readonly Entry[] {
  if (view.ended) return [];
  const breaks = !goesOn(plan, view);
  return [{ type: "guard", breaks, undo: breaks && plan.steps.some(({ onFail }) => onFail === "undo"), ...seen }];
}

/**
 * Checks that must stay green while a drill goes on, looked at in the process that drives it: each at its interval, however long
 * another one takes.
 */
export class Guards {
  readonly #parts: GuardParts;
  readonly #stop = new AbortController();
  readonly #all: readonly PlanCheck[];
  readonly #everyMs: number;
  #state: "idle" | "looking" | "watching" | "over";
  #may = false;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.#all = parts.plan.drill?.guards?.checks ?? [];
    this.#everyMs = parts.plan.drill?.guards?.everyMs ?? 0;
    this.#state = "idle";
    this.#may = this.#all.length === 0;
  }

  /** Whether something may be changed; looks for the first time when nobody has looked yet. */
  mayChange(): boolean {
    if (this.#state === "idle" && this.#all.length > 0) {
      this.#state = "looking";
      this.#begin().catch((error: unknown) => this.#parts.broken(error));
    }
    return this.#may;
  }

  /** The first looks are on their way. */
  get isLooking(): boolean {
    return this.#state === "looking";
  }

  stop(): void {
    this.#state = "over";
    if (this.#all.length > 0) this.#stop.abort();
  }

  async #begin(): Promise<void> {
    if (!(await Promise.all(this.#all.map((check) => this.#look(check)))).every(Boolean)) return;
    this.#state = "watching";
    this.#may = true;
    for (const check of this.#all) this.#go(check).catch((error: unknown) => this.#parts.broken(error));
    this.#parts.green();
  }

  async #go(check: PlanCheck): Promise<void> {
    const { clock } = this.#parts.house;
    const { signal } = this.#stop;
    do await clock.sleep(this.#everyMs, signal).catch(() => undefined);
    while (await this.#look(check));
  }

  /** Whether it was green and goes on to be looked at. */
  async #look(check: PlanCheck): Promise<boolean> {
    const { house, reaches } = this.#parts;
    const { signal } = this.#stop;
    if (signal.aborted) return false;
    const reading = await probe(house, check, () => reaches.get(check.target), signal);
    if (signal.aborted) return false;
    const seen = seenIn(reading);
    if (!seen) return true;
    this.stop();
    this.#may ||= this.#parts.goesOn();
    this.#parts.red(seen);
    return false;
  }
}
