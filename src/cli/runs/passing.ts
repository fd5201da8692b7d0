import type { Action } from "../../engine/run/act.ts";
import type { RunQuery } from "../../engine/run/control.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Kept } from "../../engine/run/kept.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { PlanRequest } from "../../model/plan.ts";
import { isEnded, type RunRecord } from "../../model/run.ts";
import type { Portion } from "../../store/output/read.ts";
import { reached } from "../client.ts";
import { commandLine } from "../run/words.ts";
import type { Call } from "../verb.ts";
import type { BeginRequest, Followed, PlanShown, RunsDesk } from "./desk.ts";
import { localDesk } from "./local.ts";
import { remoteDesk } from "./remote.ts";

/** Whoever had the data has left before it heard anything, or somebody else took it first: what was asked for was not begun. */
const PASSES: ReadonlySet<string> = new Set(["OWNER-LEFT", "DATA-OWNED", "DAEMON-RUNS"]);
/** Owners that come and go while one thing is asked for. */
const MOST = 5;

const passes = (error: unknown): boolean => error instanceof WatchbookError && PASSES.has(error.code);

/** Who drove a run until now. */
interface Left {
  readonly pid: number;
  readonly owner: string;
}

/** Runs where no daemon is: in the process that drives some now, and when that leaves, in this one. */
export class PassingDesk implements RunsDesk {
  readonly #call: Call;
  readonly lang: RunsDesk["lang"];
  readonly book: RunsDesk["book"];
  #desk: RunsDesk;

  constructor(call: Call, first: RunsDesk) {
    this.#call = call;
    this.#desk = first;
    this.lang = first.lang;
    this.book = first.book;
  }

  get pid(): number | undefined {
    return this.#desk.pid;
  }
  get command(): string | undefined {
    return this.#desk.command;
  }

  async #pass(): Promise<void> {
    const { data, world } = this.#call;
    await this.#desk[Symbol.asyncDispose]();
    const client = await reached(data, world.clock);
    this.#desk = client ? await remoteDesk(this.#call, client) : await localDesk(this.#call);
  }

  async #at<T>(work: (desk: RunsDesk) => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn += 1) {
      try {
        return await work(this.#desk);
      } catch (error) {
        if (turn === MOST || !passes(error)) throw error;
        await this.#pass();
      }
    }
  }

  plan(request: PlanRequest): Promise<PlanShown> {
    return this.#at((desk) => desk.plan(request));
  }
  begin(request: PlanRequest, asked: BeginRequest): Promise<RunShown> {
    return this.#at((desk) => desk.begin(request, asked));
  }
  list(query: RunQuery): Promise<readonly RunRecord[]> {
    return this.#at((desk) => desk.list(query));
  }
  show(run: string): Promise<RunShown> {
    return this.#at((desk) => desk.show(run));
  }
  act(run: string, by: string, action: Action): Promise<RunShown> {
    return this.#at((desk) => desk.act(run, by, action));
  }
  keep(run: string, name: string, bytes: Uint8Array): Promise<Kept> {
    return this.#at((desk) => desk.keep(run, name, bytes));
  }
  output(run: string, log: string, portion: Portion): ReturnType<RunsDesk["output"]> {
    return this.#at((desk) => desk.output(run, log, portion));
  }
  settled(run: string): Promise<void> {
    return this.#at((desk) => desk.settled(run));
  }

  /** From one owner to the next; where none comes, what this process finds. Rejects with RUN-LEFT for a run that nobody drives. */
  async *follow(run: string, start: string, signal: AbortSignal): AsyncGenerator<Followed, void> {
    let left: Left | undefined;
    for (let cursor = start; ;) {
      const { pid, command } = this.#desk;
      let isMissed = false;
      try {
        for await (const followed of this.#desk.follow(run, cursor, signal)) {
          cursor = followed.cursor;
          yield followed;
          const { message } = followed;
          if (message.type === "end") return;
          // Nobody drives it: how it stands is the last there is.
          if (left && pid === undefined && message.type === "state" && !isEnded(message.state)) break;
        }
      } catch (error) {
        if (!passes(error)) throw error;
        isMissed = true;
      }
      if (signal.aborted) return;
      if (pid !== undefined) left = { pid, owner: command ?? "serve" };
      else if (!isMissed && left) throw this.#runLeft(run, left);
      else if (!isMissed) return;
      // Of many who find that nobody drives it, one has the data at a time.
      await this.#pass();
    }
  }

  #runLeft(run: string, left: Left): WatchbookError {
    const args = { run, ...left, command: commandLine(this.#call, "runs", "resume", run) };
    return new WatchbookError("RUN-LEFT", args, { exit: EXIT.waiting });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#desk[Symbol.asyncDispose]());
  }
}
