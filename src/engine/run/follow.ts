import type { Attempt, EndState, Journalled } from "../../model/journal.ts";
import { isEnded, type Lock, type RunState } from "../../model/run.ts";
import type { Clock } from "../../model/time.ts";
import { readOutput } from "../../store/output/read.ts";
import type { Store } from "../../store/store.ts";
import type { RunControl } from "./control.ts";
import type { TaskView, Wait } from "./core/view.ts";
import type { Cursor } from "./follow/cursor.ts";
import { PIECE, whole } from "./follow/piece.ts";
import { heldBy } from "./locks.ts";
import { outputFolder, outputName } from "./output.ts";

/** Between two looks at the outputs of what goes on, milliseconds. */
const LOOK_MS = 200;
/** Sign of life when nothing happens, milliseconds. */
const TICK_MS = 5_000;
/** Rounds in a row that a state may be held back. */
const AHEAD = 4;

/** A run as it stands, and the tasks that changed since the last time. */
export interface RunProgress {
  readonly state: RunState;
  readonly done: number;
  readonly total: number;
  readonly waits: readonly Wait[];
  readonly tasks: readonly TaskView[];
  /** Lock of another run that stands in its way. */
  readonly held: Lock | null;
  /** Why it stands still. */
  readonly trouble: {
    readonly code: string;
    readonly args: Readonly<Record<string, unknown>>;
    readonly exit: number;
  } | null;
}

/** What a follower hears, in order: the output of an attempt before the entry that ends it. */
export type RunMessage =
  | { readonly type: "entry"; readonly entry: Journalled }
  | ({
      readonly type: "log";
      /** Name of the output. */
      readonly log: string;
      /** Bytes before and behind this text. */
      readonly offset: number;
      readonly next: number;
      readonly text: string;
    } & Attempt)
  | ({ readonly type: "state" } & RunProgress)
  | { readonly type: "tick" }
  /** The last one: the run has ended, and its evidence is written, or cannot be (`evidence` null). */
  | { readonly type: "end"; readonly state: EndState; readonly evidence: string | null };

export interface FollowParts {
  readonly control: RunControl;
  readonly store: Store;
  readonly clock: Clock;
  /** Absolute path of the data directory. */
  readonly data: string;
  readonly signal: AbortSignal;
}

interface Open {
  readonly attempt: Attempt;
  readonly log: string;
  offset: number;
}

/** One run from a cursor on, until it has ended or the signal aborts. */
export class RunFollower {
  readonly #parts: FollowParts;
  readonly #run: string;
  readonly #from: Cursor;
  readonly #open = new Map<string, Open>();
  readonly #said = new Map<string, string>();
  #progress = "";
  /** Rounds in which the run was ahead of its committed entries. */
  #ahead = 0;
  #seq: number;
  #isOver = false;

  constructor(parts: FollowParts, run: string, from: Cursor) {
    this.#parts = parts;
    this.#run = run;
    this.#seq = from.seq;
    this.#from = from;
  }

  /** Where it stands after the message that was given last. */
  get cursor(): Cursor {
    return { seq: this.#seq, offsets: new Map([...this.#open.values()].map(({ log, offset }) => [log, offset])) };
  }

  async *messages(): AsyncGenerator<RunMessage, void> {
    const { control, clock, signal } = this.#parts;
    let rung = Promise.withResolvers<void>();
    const deaf = control.hear((record) => record.id === this.#run && rung.resolve());
    try {
      await this.#catchUp();
      for (let quiet = 0; ;) {
        rung = Promise.withResolvers();
        let some = false;
        for await (const message of this.#round()) {
          some = true;
          yield message;
        }
        if (this.#isOver || signal.aborted) break;
        quiet = some ? 0 : quiet + (this.#open.size > 0 ? LOOK_MS : TICK_MS);
        if (quiet >= TICK_MS) {
          quiet = 0;
          yield { type: "tick" };
        }
        const pause = new AbortController();
        const slept = clock.sleep(this.#open.size > 0 ? LOOK_MS : TICK_MS, AbortSignal.any([signal, pause.signal]));
        await Promise.race([rung.promise, slept.catch(() => undefined)]);
        pause.abort();
      }
      if (this.#isOver) yield* this.#end();
    } finally {
      deaf();
    }
  }

  /** Attempts that went on where the cursor stands. */
  async #catchUp(): Promise<void> {
    if (this.#seq === 0) return;
    for (const one of await this.#parts.control.journal(this.#run, 0)) {
      if (one.seq > this.#seq) break;
      this.#note(one);
    }
    for (const open of this.#open.values()) open.offset = this.#from.offsets.get(open.log) ?? 0;
  }

  #note({ entry }: Journalled): void {
    if (entry.type === "run.ended") this.#isOver = true;
    if (entry.type !== "intent" && entry.type !== "outcome") return;
    const { step, target, purpose, attempt } = entry;
    const log = outputName(entry);
    if (entry.type === "outcome") this.#open.delete(log);
    else this.#open.set(log, { attempt: { step, target, purpose, attempt }, log, offset: 0 });
  }

  async *#round(): AsyncGenerator<RunMessage, void> {
    for (const entry of await this.#parts.control.journal(this.#run, this.#seq)) {
      const open = entry.entry.type === "outcome" ? this.#open.get(outputName(entry.entry)) : undefined;
      if (open) yield* this.#heard(open, true);
      this.#note(entry);
      this.#seq = entry.seq;
      yield { type: "entry", entry };
    }
    for (const open of this.#open.values()) yield* this.#heard(open, false);
    const progress = await this.#changed();
    if (progress) yield { type: "state", ...progress };
  }

  async *#heard(open: Open, last: boolean): AsyncGenerator<RunMessage, void> {
    const folder = outputFolder(this.#parts.data, this.#run);
    for (;;) {
      const { bytes, size } = await readOutput(folder, open.log, { offset: open.offset, bytes: PIECE });
      const piece = whole(bytes, last && open.offset + bytes.length >= size);
      if (piece.length === 0) return;
      const { offset } = open;
      open.offset += piece.length;
      const text = piece.toString("utf8");
      yield { type: "log", ...open.attempt, log: open.log, offset, next: open.offset, text };
    }
  }

  /** Undefined when it stands as it stood. */
  async #changed(): Promise<RunProgress | undefined> {
    const { control, store, clock } = this.#parts;
    const { record, plan, view } = await control.now(this.#run);
    const { state, waits, done, total } = view;
    const trouble = control.trouble(record.id);
    // What is not committed yet is told with its entries, unless it goes too fast for that.
    this.#ahead = view.seq > this.#seq && !trouble ? this.#ahead + 1 : 0;
    if (this.#ahead % AHEAD > 0) return undefined;
    const tasks = view.tasks.filter((task) => {
      const key = `${task.step}\n${task.target}`;
      const is = `${task.state} ${task.attempts} ${task.open?.purpose ?? ""}`;
      if ((this.#said.get(key) ?? "pending 0 ") === is) return false;
      this.#said.set(key, is);
      return true;
    });
    const kept = { state, done, total, waits: [...waits], tasks: structuredClone(tasks) };
    const held = isEnded(state) ? undefined : await heldBy(store, plan, record.id, clock.wall());
    const said = trouble ? { code: trouble.code, args: { ...trouble.args }, exit: trouble.exit } : null;
    const key = JSON.stringify([state, waits, done, held?.run, trouble?.code]);
    if (tasks.length === 0 && key === this.#progress) return undefined;
    this.#progress = key;
    return { ...kept, held: held ?? null, trouble: said };
  }

  async *#end(): AsyncGenerator<RunMessage, void> {
    const { control } = this.#parts;
    // Why evidence could not be written is told by the control's troubles.
    await control.settled(this.#run).catch(() => undefined);
    const progress = await this.#changed();
    if (progress) yield { type: "state", ...progress };
    const { state, evidence } = (await control.now(this.#run)).record;
    if (isEnded(state)) yield { type: "end", state, evidence: evidence ?? null };
  }
}
