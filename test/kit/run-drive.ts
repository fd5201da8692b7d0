// A worker, its targets, the people and the crashes, all by chance: drives a run of the core to its end.
import assert from "node:assert/strict";
import { attemptKey, type Command } from "../../src/engine/run/core/command.ts";
import type { Wait } from "../../src/engine/run/core/view.ts";
import type { Attempt, Entry } from "../../src/model/journal.ts";
import type { Plan } from "../../src/model/plan.ts";
import { Play, told } from "./run-play.ts";
import { type FATES, Tape, World } from "./run-world.ts";

/** Something that can happen next. */
type Chance = () => void;

type Act = Extract<Command, { readonly attempt: Attempt }>;

export interface DriveOptions {
  readonly receipts: boolean;
  /** One crash for sure, after so many entries, with this fate for all that was going on. */
  readonly crash?: { readonly after: number; readonly fate: (typeof FATES)[number] };
  /** Asked after each entry. */
  readonly watch: (play: Play, entry: Entry, world: World) => void;
}

export class Drive {
  readonly play: Play;
  readonly world: World;
  readonly #tape: Tape;
  readonly #watch: DriveOptions["watch"];
  #crash: DriveOptions["crash"];
  /** Attempts that this worker is at. */
  readonly #at = new Map<string, Attempt>();
  #stopped = new Set<string>();

  constructor(plan: Plan, choices: readonly number[], { receipts, watch, crash }: DriveOptions) {
    this.#tape = new Tape(choices);
    this.world = new World(this.#tape, receipts);
    this.play = new Play(plan);
    this.#watch = watch;
    this.#crash = crash;
    this.#put({ type: "run.created", by: "requester", reason: "", digest: plan.digest, host: "h" });
    this.#take();
  }

  /** To the end. Fails when nothing can happen any more, or things happen without end. */
  run(): this {
    const most = 400 + this.play.view.total * 60;
    while (!this.play.view.ended) {
      assert.ok(this.play.journal.length < most, `no end after ${most} entries`);
      this.#step();
    }
    assert.deepEqual(this.play.next(), []);
    return this;
  }

  #put(entry: Entry): void {
    this.play.put(entry);
    this.#watch(this.play, entry, this.world);
  }

  #take(fate?: (typeof FATES)[number]): void {
    for (const attempt of this.#at.values()) this.world.orphan(attempt, fate);
    this.#at.clear();
    this.#stopped = new Set();
    this.play.epoch += 1;
    this.#put({ type: "run.taken", epoch: this.play.epoch, host: "h", pid: 1 });
  }

  #step(): void {
    this.play.now += 1;
    if (this.#crash && this.play.journal.length >= this.#crash.after) {
      const { fate } = this.#crash;
      this.#crash = undefined;
      return this.#take(fate);
    }
    const commands = this.play.next();
    assert.deepEqual(this.play.next(), commands, "not idempotent");
    const mischief = this.#mischief();
    if (mischief) return mischief();
    const record = commands.find((command) => command.do === "record");
    if (record) return this.#put(record.entry);
    for (const command of commands) if (command.do === "stop") this.#stopped.add(attemptKey(command.attempt));
    const chances = [...this.#work(commands), ...this.play.view.waits.flatMap((wait) => this.#person(wait))];
    const wake = commands.find((command) => command.do === "wake");
    if (wake) chances.push(() => void (this.play.now = Math.max(this.play.now, wake.at)));
    if (this.play.view.paused) chances.push(() => this.#put({ type: "resume", by: "p" }));
    assert.ok(chances.length > 0, `dead-lock: ${commands.map(told).join(", ")} in ${this.play.view.state}`);
    chances[this.#tape.take(chances.length)]!();
  }

  /** What nobody waits for: a crash, a pause, a cancel, and words that do not apply. */
  #mischief(): Chance | undefined {
    if (this.#tape.isUsedUp) {
      return this.play.view.paused ? () => this.#put({ type: "resume", by: "p" }) : undefined;
    }
    const [first] = this.play.plan.steps;
    const { tasks } = this.play.view;
    const some = tasks[this.#tape.take(tasks.length)]!;
    const { step, target } = some;
    const entries: readonly (Entry | "crash" | undefined)[] = [
      "crash",
      { type: "pause", by: "p", reason: "" },
      { type: "resume", by: "p" },
      { type: "tick", step, target, by: "p", done: true, note: "" },
      { type: "answer", step, target, choice: "skip", by: "p", note: "" },
      { type: "key", step: first!.id, batch: 0, by: "p" },
      { type: "decided", step, target, purpose: "do", attempt: 1, happened: "redo", by: "p", note: "" },
      { type: "cancel", by: "p", reason: "", undo: this.#tape.take(2) === 1 },
    ];
    // Redo of what nobody asked about must not count; where it was asked, `#person` answers truly.
    const asked = this.play.view.waits.some((wait) => ["decision", "answer", "tick"].includes(wait.kind));
    const entry = entries[this.#tape.take(entries.length * 6)];
    if (entry === undefined || (asked && entry !== "crash" && "step" in entry)) return undefined;
    return entry === "crash" ? () => this.#take() : () => this.#put(entry);
  }

  #work(commands: readonly Command[]): readonly Chance[] {
    const begun = commands.filter((command): command is Act => command.do === "start" || command.do === "attach");
    const chances = begun
      .filter((command) => !this.#at.has(attemptKey(command.attempt)))
      .map((command) => () => this.#begin(command));
    for (const attempt of this.#at.values()) if (this.world.fateOf(attempt)) chances.push(() => this.#end(attempt));
    return chances;
  }

  #begin({ do: what, attempt, ...command }: Act): void {
    if (what === "start") {
      this.#put({ type: "intent", ...attempt });
      if (this.#tape.take(16) === 15) return this.#take();
      this.#at.set(attemptKey(attempt), attempt);
      return this.world.begin(attempt);
    }
    const by = "by" in command ? command.by : "receipt";
    const declared = by === "verify" && this.#tape.take(2) === 0 && this.world.happened(attempt);
    const end =
      by === "receipt" ? this.world.recall(attempt) : declared ? ({ ending: "ok", via: "verify" } as const) : undefined;
    if (end) this.#put({ type: "outcome", ...attempt, seconds: 0, ...end });
    else this.#put({ type: "undecided", tried: by, ...attempt });
  }

  #end(attempt: Attempt): void {
    const key = attemptKey(attempt);
    this.#at.delete(key);
    const end = this.#stopped.has(key) ? ({ ending: "cancelled" } as const) : this.world.end(attempt);
    if (this.#stopped.has(key)) this.world.fateOf(attempt)!.end = "cancelled";
    this.#put({ type: "outcome", ...attempt, seconds: 1, ...end });
  }

  /** What people may say; of a doubt they tell the truth. */
  #person({ kind, step, target, batch, gate }: Wait): readonly Chance[] {
    const say = (...entries: readonly Entry[]): readonly Chance[] => entries.map((entry) => () => this.#put(entry));
    const by = ["p", "requester", "q"][this.#tape.take(3)]!;
    const where = { step: step ?? "", target: target ?? "", by, note: "" };
    if (kind === "key") return say({ type: "key", step: step!, batch: batch!, by });
    if (kind === "tick") return say({ type: "tick", ...where, done: this.#tape.take(4) < 3 });
    if (kind === "approval") return this.#approve(gate!);
    if (kind === "decision") return [() => this.#decide(step!, target!)];
    if (kind === "timer") return [];
    const choice = (["skip", "retry", "undo", "stop"] as const)[this.#tape.take(4)]!;
    return say({ type: "answer", ...where, choice });
  }

  #approve(gate: string): readonly Chance[] {
    const yes =
      (by: string): Chance =>
      () =>
        this.#put({ type: "approval.given", gate, by, signature: "", text: "" });
    const no: Chance = () => this.#put({ type: "approval.rejected", gate, by: "q", reason: "" });
    const given = new Set(this.play.view.gates.findLast((one) => one.gate === gate)!.given.map(({ by }) => by));
    const people = ["p", "q", "requester", "p", "q"].toSorted((a, b) => Number(given.has(a)) - Number(given.has(b)));
    return [...people.map(yes), no];
  }

  #decide(step: string, target: string): void {
    const attempt = this.play.open(`${step}@${target}`);
    const no = this.#tape.take(2) === 0 ? "redo" : "no";
    const happened = this.world.happened(attempt) ? "yes" : no;
    this.#put({ type: "decided", ...attempt, happened, by: "p", note: "" });
  }
}
