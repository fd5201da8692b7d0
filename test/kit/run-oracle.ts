// What must hold of every run, told from its journal and its targets alone, without the core's own bookkeeping.
import assert from "node:assert/strict";
import { isRepeatable } from "../../src/engine/run/core/shape.ts";
import type { Attempt, Entry, Purpose } from "../../src/model/journal.ts";
import { PLAN_GATE } from "../../src/model/gate.ts";
import type { Plan, PlanStep } from "../../src/model/plan.ts";
import type { TaskView } from "../../src/engine/run/core/view.ts";
import type { Play } from "./run-play.ts";
import type { World } from "./run-world.ts";

type Outcome = Extract<Entry, { type: "outcome" }>;

/** What the journal told of one step on one target. */
interface Story {
  /** Numbers of intents of attempts at doing it that may have had an effect. */
  began: number[];
  /** Last outcome of an attempt at doing it. */
  last?: Outcome;
  /** A person wanted it done again since. */
  retried: boolean;
  /** Attempts begun when a person last wanted it done again. */
  from: number;
  open?: Attempt | undefined;
  /** Its worker is gone, or does not know how it ended. */
  doubt: boolean;
  undo: "none" | "begun" | "ended";
}

const RUNNING = new Set(["running", "verifying", "doubt", "retrying", "waiting"]);

export class Oracle {
  readonly #plan: Plan;
  readonly #steps: ReadonlyMap<string, PlanStep>;
  readonly #others: ReadonlyMap<string, PlanStep>;
  readonly #stories = new Map<string, Story>();
  readonly #agreed = new Map<string, Set<string>>();
  #cancelled = false;
  #seq = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#steps = new Map(plan.steps.map((step) => [step.id, step]));
    this.#others = new Map(plan.others.map((step) => [step.id, step]));
  }

  readonly watch = (play: Play, entry: Entry, world: World): void => {
    this.#seq += 1;
    if (entry.type === "cancel") this.#cancelled = true;
    if (entry.type === "run.taken") for (const story of this.#stories.values()) story.doubt = story.open !== undefined;
    if (entry.type === "approval.given") this.#agree(entry.gate, entry.by);
    if (entry.type === "answer" && entry.choice === "retry") this.#story(entry.step, entry.target).retried = true;
    if (entry.type === "intent") this.#intent(play, entry, world);
    if (entry.type === "outcome") this.#outcome(entry);
    if (entry.type === "run.ended") this.#end(play, entry.state, world);
  };

  #story(step: string, target: string): Story {
    const key = `${step}@${target}`;
    const story = this.#stories.get(key) ?? { began: [], retried: false, from: 0, doubt: false, undo: "none" };
    this.#stories.set(key, story);
    return story;
  }

  #agree(gate: string, by: string): void {
    const of = gate === PLAN_GATE ? this.#plan.gate : this.#steps.get(gate)?.gate;
    if (by === "requester" && !of?.requesterMay) return;
    this.#agreed.set(gate, (this.#agreed.get(gate) ?? new Set()).add(by));
  }

  #hasAgreed(gate: string, quorum: number): void {
    assert.ok((this.#agreed.get(gate)?.size ?? 0) >= quorum, `begun without the approval ${gate}`);
  }

  #intent(play: Play, attempt: Attempt, world: World): void {
    const { step: id, target, purpose } = attempt;
    const step = this.#steps.get(id)!;
    const story = this.#story(id, target);
    assert.equal(story.open, undefined, `two attempts of ${id}@${target} at once`);
    story.open = attempt;
    story.doubt = false;
    if (purpose === "undo") this.#undo(play, id, target, story);
    if (purpose !== "do" && purpose !== "verify") return;
    assert.ok(!this.#cancelled, `${purpose} ${id}@${target} began after the cancel`);
    if (purpose === "verify") return;
    if (this.#plan.gate && step.risk !== "read") this.#hasAgreed(PLAN_GATE, this.#plan.gate.quorum);
    if (step.gate) this.#hasAgreed(id, step.gate.quorum);
    this.#order(play, id, target);
    this.#again(step, target, story, world);
    story.began.push(this.#seq);
    if (story.retried) story.from = attempt.attempt - 1;
    story.retried = false;
  }

  /** Every step before has ended on the targets of the batch that are in; its faults are gone. */
  #order(play: Play, id: string, target: string): void {
    const { tasks, dropped } = play.view;
    const own = tasks.findIndex((task) => task.step === id && task.target === target);
    const ids = this.#plan.steps.map((step) => step.id);
    for (const task of tasks.slice(0, own)) {
      if (task.step === id && task.batch === tasks[own]!.batch) continue;
      const isBack = task.open?.purpose.startsWith("undo") === true;
      assert.ok(isBack || !RUNNING.has(task.state), `${id}@${target} began before ${task.step}@${task.target} ended`);
      const isIn = !dropped.includes(task.target) && !task.target.startsWith("batch-");
      if (isIn) assert.notEqual(task.state, "pending", `${id}@${target} began before ${task.step}@${task.target}`);
      const { until, scope } = this.#steps.get(task.step)!;
      if (until === undefined || scope === "run" || task.batch !== tasks[own]!.batch) continue;
      if (ids.indexOf(until) >= ids.indexOf(id) || this.#story(task.step, task.target).began.length === 0) continue;
      assert.equal(task.state, "undone", `${id}@${target} began under the fault ${task.step}@${task.target}`);
    }
    const going = tasks.filter((task) => task.open && !task.open.purpose.startsWith("undo"));
    assert.ok(going.length <= this.#plan.parallel, `${going.length} at a time`);
  }

  /** Nothing is begun again without a reason; what really ended well never, unless it may be, or a person wants it. */
  #again(step: PlanStep, target: string, story: Story, world: World): void {
    const { last } = story;
    if (!last || story.retried) return;
    const name = `${step.id}@${target}`;
    assert.notEqual(last.ending, "ok", `${name} repeated`);
    const reached = last.via === "receipt" && last.reason === "never-began";
    const person = last.via === "human" && last.reason === "decided-redo";
    const retry = step.retry !== undefined && last.ending === "unreachable";
    if (isRepeatable(step)) return;
    assert.ok(
      reached || person || (step.retry && (retry || reached)),
      `${name} begun again after ${JSON.stringify(last)}`,
    );
    for (const fate of world.fates.values())
      if (fate.attempt.step === step.id && fate.attempt.target === target && fate.attempt.purpose === "do")
        assert.ok(
          fate.attempt.attempt <= story.from || !(fate.began && fate.end === "ok"),
          `${name} repeated on its target`,
        );
  }

  #applied(step: PlanStep, story: Story): boolean {
    return step.undo !== undefined && story.began.length > 0;
  }

  /** Only what was applied is undone, once, and nothing that was applied after it on the same target is left. */
  #undo(play: Play, id: string, target: string, story: Story): void {
    assert.ok(this.#applied(this.#steps.get(id)!, story), `${id}@${target} undone, not applied`);
    const redo = story.undo === "begun";
    assert.notEqual(story.undo, "ended", `${id}@${target} undone twice`);
    story.undo = "begun";
    if (this.#steps.get(id)!.until !== undefined || redo) return;
    const everything = !play.view.dropped.includes(target);
    for (const [key, other] of this.#stories) {
      const [step, there] = key.split("@") as [string, string];
      const rest = this.#steps.get(step)!;
      if (!this.#applied(rest, other) || other.undo === "ended" || other === story || rest.until !== undefined)
        continue;
      if (there !== target && !everything) continue;
      const broken = play.view.tasks.some((task) => task.target === there && task.state === "undo-failed");
      if (!broken) assert.ok(other.began.at(-1)! < story.began.at(-1)!, `${id}@${target} undone before ${key}`);
    }
  }

  #outcome(entry: Outcome): void {
    const story = this.#story(entry.step, entry.target);
    const step = this.#steps.get(entry.step)!;
    const undo = step.undo === undefined ? undefined : this.#others.get(step.undo);
    const performed = {
      do: step,
      verify: this.#others.get(step.verify ?? ""),
      undo,
      "undo-verify": this.#others.get(undo?.verify ?? ""),
    }[entry.purpose]!;
    // It began and nobody knows how it ended: it stays open until the ladder tells.
    const open = entry.ending === "unknown" && entry.via === undefined && !isRepeatable(performed);
    if (open) story.doubt = true;
    if (open || (entry.ending === "unreachable" && story.doubt)) return;
    story.open = undefined;
    if (entry.purpose === "do") this.#did(story, entry);
    if (!entry.purpose.startsWith("undo")) return;
    if (entry.ending === "ok" && (entry.purpose === "undo-verify" || undo!.verify === undefined)) story.undo = "ended";
  }

  #did(story: Story, entry: Outcome): void {
    story.last = entry;
    const nothing = entry.ending === "unreachable" || entry.reason === "never-began" || entry.reason === "decided-no";
    if (nothing) story.began.pop();
  }

  #end(play: Play, state: string, world: World): void {
    for (const [key, story] of this.#stories) assert.equal(story.open, undefined, `${key} goes on after the end`);
    for (const task of play.view.tasks) {
      const step = this.#steps.get(task.step)!;
      const story = this.#story(task.step, task.target);
      const isLeft = this.#applied(step, story) && story.undo !== "ended";
      if (isLeft && step.until !== undefined)
        assert.equal(state, "failed-undo", `the fault ${task.step}@${task.target} is left`);
      if (isLeft && state === "undone") assert.fail(`${task.step}@${task.target} is left`);
      if (task.state === "undo-failed") assert.equal(state, "failed-undo");
      this.#happened(task, step, story, world);
      if (state !== "done") continue;
      const good = step.until === undefined ? ["done"] : ["done", "undone"];
      if (step.onFail === "continue") good.push("failed", "undone");
      if (step.onFail === "ask") good.push("skipped", "undone");
      assert.ok(good.includes(task.state), `done, but ${task.step}@${task.target} is ${task.state}`);
    }
  }

  /** What counts as done was done, and once; what counts as undone was undone. */
  #happened(task: TaskView, step: PlanStep, story: Story, world: World): void {
    const really = (purpose: Purpose): number =>
      [...world.fates.values()].filter(({ attempt, began, end }) => {
        const isOf = attempt.step === task.step && attempt.target === task.target && attempt.purpose === purpose;
        return isOf && (purpose !== "do" || attempt.attempt > story.from) && began && end === "ok";
      }).length;
    const name = `${task.step}@${task.target}`;
    if (task.state === "done" && step.kind === "shell") {
      const times = really("do");
      assert.ok(times === 1 || (times > 1 && isRepeatable(step)), `${name} happened ${times} times`);
    }
    if (task.state !== "undone" || this.#others.get(step.undo!)!.kind !== "shell") return;
    assert.ok(really("undo") >= 1, `${name} was not really undone`);
  }
}
