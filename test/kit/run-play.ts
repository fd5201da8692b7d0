// A run driven by hand: what a worker would journal, without a worker, targets or a clock.
import assert from "node:assert/strict";
import { replay } from "../../src/engine/run/core/advance.ts";
import type { Command } from "../../src/engine/run/core/command.ts";
import { begin, fold } from "../../src/engine/run/core/fold.ts";
import { next } from "../../src/engine/run/core/next.ts";
import type { RunView } from "../../src/engine/run/core/view.ts";
import type { Attempt, AttemptEnd, Entry, Journalled } from "../../src/model/journal.ts";
import type { Plan } from "../../src/model/plan.ts";

const short = ({ step, target, purpose, attempt }: Attempt): string => `${purpose} ${step}@${target} ${attempt}`;

/** One line per command: `start do s@a 1`, `record timer s@a`, `attach receipt do s@a 1`, `stop do s@a 1`, `wake 60000`. */
export function told(command: Command): string {
  if (command.do === "wake") return `wake ${command.at}`;
  if (command.do === "attach") return `attach ${command.by} ${short(command.attempt)}`;
  if (command.do !== "record") return `${command.do} ${short(command.attempt)}`;
  const { entry } = command;
  const what =
    "gate" in entry ? ` ${entry.gate}` : "step" in entry && "target" in entry ? ` ${entry.step}@${entry.target}` : "";
  return `record ${entry.type}${what}`;
}

export class Play {
  readonly plan: Plan;
  readonly journal: Journalled[] = [];
  view: RunView;
  epoch = 0;
  /** Milliseconds since the epoch. */
  now = 1_000_000;

  constructor(plan: Plan) {
    this.plan = plan;
    this.view = begin(plan);
  }

  put(entry: Entry): this {
    const journalled: Journalled = { seq: this.journal.length + 1, epoch: this.epoch, at: this.now, entry };
    this.view = fold(this.view, journalled);
    this.journal.push(journalled);
    return this;
  }

  /** A worker takes the run: the first, or the next after a crash. */
  take(): this {
    this.epoch += 1;
    return this.put({ type: "run.taken", epoch: this.epoch, host: "h", pid: this.epoch });
  }

  next(): readonly Command[] {
    return next(this.view, this.now);
  }

  /** Journals what is mere bookkeeping, then begins all that may begin. Gives what is left to do, and what began. */
  go(): readonly string[] {
    const began: string[] = [];
    for (let guard = 0; guard < 10_000; guard++) {
      const commands = this.next();
      const one = commands.find((command) => command.do === "record" || command.do === "start");
      if (!one) return [...began, ...commands.map(told)];
      if (one.do === "record") this.put(one.entry);
      else if (one.do === "start") {
        began.push(told(one));
        this.put({ type: "intent", ...one.attempt });
      }
    }
    return assert.fail(`no end of commands: ${this.next().map(told).join(", ")}`);
  }

  /** The open attempt of `step@target`. */
  open(name: string): Attempt {
    const [step, target] = name.split("@");
    const found = this.view.tasks.find((task) => task.step === step && task.target === target)?.open;
    assert.ok(found, `${name} has no open attempt`);
    return found;
  }

  /** The open attempt of `step@target` ends; then everything that follows begins. */
  end(name: string, end: Partial<AttemptEnd> = {}): readonly string[] {
    this.put({ type: "outcome", ...this.open(name), ending: "ok", seconds: 1, ...end });
    return this.go();
  }

  /** Time goes by; then everything that follows begins. */
  later(ms: number): readonly string[] {
    this.now += ms;
    return this.go();
  }

  /** An entry, then everything that follows begins. */
  say(entry: Entry): readonly string[] {
    this.put(entry);
    return this.go();
  }

  state(name: string): string {
    const [step, target] = name.split("@");
    return this.view.tasks.find((task) => task.step === step && task.target === target)!.state;
  }

  /** Codes of why it ended. */
  get reasons(): readonly string[] {
    return this.view.ended!.reasons.map((one) => one.code);
  }

  get waits(): readonly string[] {
    return this.view.waits.map(({ kind, step, target, gate }) =>
      [kind, gate ?? step, target].filter(Boolean).join(" "),
    );
  }

  /** The same journal, folded from the beginning. */
  replayed(): RunView {
    return replay(this.plan, this.journal);
  }
}

/** A run that `requester` asked for and a worker took. */
export const play = (plan: Plan): Play =>
  new Play(plan).put({ type: "run.created", by: "requester", reason: "test", digest: plan.digest, host: "h" }).take();
