import type { RunMessage, RunProgress } from "../../engine/run/follow.ts";
import type { TaskState, TaskView } from "../../engine/run/core/view.ts";
import { format } from "../../i18n/format.ts";
import { sayError, texts } from "../../i18n/texts.ts";
import { WatchbookError, type Exit } from "../../model/error.ts";
import type { Attempt } from "../../model/journal.ts";
import type { Lang } from "../../model/lang.ts";
import { printable } from "../../model/printable.ts";
import { isEnded } from "../../model/run.ts";
import { utc, secondsBetween } from "../../model/time.ts";
import { pad } from "../../report/columns.ts";
import type { World } from "../verb.ts";
import { makeLive, type Live } from "./live.ts";
import { placeSay } from "../../api/view/run.ts";
import { secondsSay } from "./words.ts";

/** States in which a task stays unless something is undone. */
const OVER: ReadonlySet<TaskState> = new Set(["done", "failed", "skipped", "undone", "undo-failed", "cancelled"]);

const COLOURS: Partial<Record<TaskState, string>> = {
  done: "32",
  undone: "33",
  skipped: "33",
  failed: "31",
  "undo-failed": "31",
  cancelled: "33",
};

/** Longest line of an output that is shown as it comes, characters. */
const LONGEST = 500;

export interface BoardParts {
  readonly world: Pick<World, "stderr" | "clock" | "env">;
  readonly lang: Lang;
}

const keyOf = ({ step, target }: Pick<Attempt, "step" | "target">): string => `${step}\n${target}`;

/** Shows a run as it goes: on a terminal what goes on stays below what has ended; elsewhere plain lines. */
export class Board implements Disposable {
  readonly #parts: BoardParts;
  readonly #live: Live;
  readonly #tasks = new Map<string, TaskView>();
  readonly #since = new Map<string, bigint>();
  readonly #seconds = new Map<string, number>();
  readonly #tail = new Map<string, string>();
  readonly #rest = new Map<string, string>();
  #progress: Omit<RunProgress, "tasks"> | undefined;
  #held = "";
  #trouble = "";

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#live = makeLive(parts.world.stderr, () => this.#block());
  }

  /** The last that was heard of the run as a whole. */
  get progress(): Omit<RunProgress, "tasks"> | undefined {
    return this.#progress;
  }

  /** Whether nothing goes on until a person comes. */
  get isIdle(): boolean {
    const { state, waits } = this.#progress ?? { state: "running", waits: [] };
    if (isEnded(state)) return true;
    if (state === "waiting") return waits.some(({ kind }) => kind !== "timer");
    const busy = [...this.#tasks.values()].some((task) => task.open && !["waiting", "doubt"].includes(task.state));
    return state === "paused" && !busy;
  }

  take(message: RunMessage | { readonly type: "silent" }): void {
    if (message.type === "entry") this.#add(message);
    else if (message.type === "log") this.#hear(message);
    else if (message.type === "state") this.#turn(message);
    else if (message.type === "silent") this.say(texts(this.#parts.lang).run.said.silent);
    this.#live.draw();
  }

  /** A line that stays. */
  say(line: string): void {
    this.#live.print(line);
  }

  /** Gives the terminal to a question. */
  pause(): void {
    this.#live.clear();
  }

  [Symbol.dispose](): void {
    this.#live.end();
  }

  #add({ entry: { entry } }: Extract<RunMessage, { type: "entry" }>): void {
    if (entry.type !== "outcome") return;
    this.#seconds.set(keyOf(entry), (this.#seconds.get(keyOf(entry)) ?? 0) + entry.seconds);
    const rest = this.#rest.get(keyOf(entry));
    if (rest !== undefined && rest !== "" && !this.#live.isOn) this.#output(entry, rest);
    this.#rest.delete(keyOf(entry));
  }

  #hear(message: Extract<RunMessage, { type: "log" }>): void {
    const lines = `${this.#rest.get(keyOf(message)) ?? ""}${message.text}`.split("\n");
    this.#rest.set(keyOf(message), (lines.pop() ?? "").slice(-LONGEST));
    const last = lines.at(-1);
    if (last !== undefined) this.#tail.set(keyOf(message), printable(last.slice(0, LONGEST)));
    if (!this.#live.isOn) for (const line of lines) this.#output(message, line);
  }

  #output({ step, target }: Attempt, line: string): void {
    this.say(`    ${placeSay(step, target, this.#parts.lang)} | ${printable(line.slice(0, LONGEST))}`);
  }

  #turn({ tasks, ...progress }: Extract<RunMessage, { type: "state" }>): void {
    for (const task of tasks) {
      const key = keyOf(task);
      const before = this.#tasks.get(key)?.state;
      this.#tasks.set(key, task);
      if (before === task.state) continue;
      this.#since.set(key, this.#parts.world.clock.monotonic());
      if (OVER.has(task.state) || !this.#live.isOn) this.say(this.#line(task));
    }
    this.#progress = progress;
    this.#sayHeld(progress);
    this.#sayTrouble(progress);
  }

  #line(task: TaskView): string {
    const { lang } = this.#parts;
    const seconds = this.#seconds.get(keyOf(task));
    const over = OVER.has(task.state) && seconds !== undefined;
    const state = pad(texts(lang).run.tasks[task.state], 12);
    const colour = COLOURS[task.state];
    const painted =
      this.#live.isOn && colour && !this.#parts.world.env["NO_COLOR"] ? `\u001B[${colour}m${state}\u001B[0m` : state;
    const place = printable(placeSay(task.step, task.target, lang));
    return `  ${painted} ${place}${over ? `  ${secondsSay(seconds, lang)}` : ""}`;
  }

  #sayHeld({ held }: Pick<RunProgress, "held">): void {
    const { said } = texts(this.#parts.lang).run;
    const line = held ? format(said.held, { ...held, since: utc(held.taken) }) : this.#held === "" ? "" : said.freed;
    if (line !== this.#held && line !== "") this.say(line);
    this.#held = held ? line : "";
  }

  #sayTrouble({ trouble }: Pick<RunProgress, "trouble">): void {
    const { lang } = this.#parts;
    const error = trouble && troubleOf(trouble);
    const line = error ? format(texts(lang).run.said.trouble, { say: sayError(error, lang).say }) : "";
    if (line !== this.#trouble && line !== "") this.say(line);
    this.#trouble = line;
  }

  /** What goes on, each with its seconds and the last line it said. */
  #block(): readonly string[] {
    const { lang, world } = this.#parts;
    const now = world.clock.monotonic();
    const going = [...this.#tasks.values()].filter(({ state }) => state !== "pending" && !OVER.has(state));
    const lines = going.map((task) => {
      const seconds = secondsBetween(this.#since.get(keyOf(task)) ?? now, now);
      const tail = this.#tail.get(keyOf(task));
      const said = tail === undefined ? "" : `  ${tail}`;
      return `${this.#line(task)}  ${secondsSay(seconds, lang)}${said}`;
    });
    const { progress } = this;
    if (!progress || isEnded(progress.state)) return lines;
    const state = texts(lang).runs.states[progress.state];
    return [
      ...lines,
      `  ${format(texts(lang).run.said.progress, { done: progress.done, total: progress.total, state })}`,
    ];
  }
}

/** What keeps a run from going on, as the error that it is. */
export const troubleOf = ({ code, args, exit }: NonNullable<RunProgress["trouble"]>): WatchbookError =>
  new WatchbookError(code, args as WatchbookError["args"], { exit: exit as Exit });
