import type { Plan } from "../../src/model/plan.ts";
import type { Person } from "./person.ts";
import type { Subject } from "./process.ts";
import type { Said } from "./subject.ts";

/** A run that was asked for. */
export interface Going {
  readonly plan: Plan;
  /** Empty until a process said that it made it. */
  run: string;
  state: string;
  evidence: boolean;
}

const ENDED = new Set(["done", "failed", "undone", "failed-undo", "cancelled", "refused"]);

/** What is known of all runs, from what the processes say; what they ask is answered by the person. */
export class Ledger {
  readonly going = new Map<string, Going>();
  readonly problems: string[] = [];
  readonly #answered = new Set<string>();
  readonly #human: Person;
  #made = 0;
  #subject: Subject | undefined;
  /** How often something was said. */
  heard = 0;
  ready = false;

  constructor(human: Person) {
    this.#human = human;
  }

  get open(): readonly Going[] {
    return [...this.going.values()].filter(({ state }) => !ENDED.has(state));
  }

  /** Every run has ended and has its evidence. */
  get over(): boolean {
    return [...this.going.values()].every(({ state, evidence }) => ENDED.has(state) && evidence);
  }

  /** The next process knows nothing of what was said to the one before. */
  async begin(start: (hear: (said: Said) => void) => Promise<Subject> | Subject): Promise<Subject> {
    this.#answered.clear();
    this.ready = false;
    // What was ordered of a process that died before it heard is ordered again, once the next one has told what it has.
    const subject = await start((said) => this.#hear(said));
    this.#subject = subject;
    return subject;
  }

  create(plan: Plan): void {
    const reason = `r${(this.#made += 1)}`;
    this.going.set(reason, { plan, run: "", state: "asked", evidence: false });
    this.#subject?.tell({ do: "create", plan, reason });
  }

  #hear(said: Said): void {
    this.heard += 1;
    if (said.say === "run") this.#run(said);
    else if (said.say === "ready") {
      this.ready = true;
      this.problems.push(...said.problems);
      for (const [reason, { plan, run }] of this.going)
        if (run === "") this.#subject?.tell({ do: "create", plan, reason });
    } else this.problems.push(JSON.stringify(said));
  }

  #run({ run, reason, state, evidence, asks }: Extract<Said, { say: "run" }>): void {
    const known = this.going.get(reason);
    if (!known) return void this.problems.push(`a run nobody asked for: ${run}`);
    if (known.run !== "" && known.run !== run) this.problems.push(`two runs for one order: ${run}`);
    Object.assign(known, { run, state, evidence: known.evidence || evidence });
    for (const asked of asks) void this.#answer(run, asked);
  }

  async #answer(run: string, asked: Parameters<Person["answer"]>[1]): Promise<void> {
    const key = JSON.stringify([run, asked.kind, asked.step, asked.target, asked.open]);
    if (this.#answered.has(key)) return;
    this.#answered.add(key);
    const subject = this.#subject;
    const entry = await this.#human.answer(run, asked);
    if (entry && subject === this.#subject) subject?.tell({ do: "post", run, entries: [entry] });
    else this.#answered.delete(key);
  }
}
