import { Worker } from "node:worker_threads";
import { WatchbookError } from "../model/error.ts";
import { changeOf, encode } from "./encode.ts";
import type { Answer, Failure, Question, Request, Row, Start } from "./protocol.ts";
import { Conflict, type Change } from "./store.ts";

/** The caller's end of the store's thread. */
export interface Connection {
  commit(changes: readonly Change[]): Promise<void>;
  ask(question: Question): Promise<readonly Row[]>;
  /** Ends after everything sent before; may be called twice. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: unknown) => void;
  readonly changes?: readonly Change[];
}

/** Fewer commits than these are not worth two transactions. */
const LEAST_SPLIT = 4;

/** The worker beside this file: worker.ts in a checkout, worker.js in the package. */
const script = (): URL => new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

const errorOf = (failure: Failure, changes: readonly Change[] | undefined): Error => {
  if (failure.kind === "conflict") return new Conflict(changes![changeOf(encode(changes!), failure.index)]!);
  if (failure.kind === "refused") return new WatchbookError(failure.code, failure.args);
  return Object.assign(new Error(failure.message), { stack: failure.stack });
};

/** Starts the thread and resolves when the file is open. */
export async function connect(start: Start): Promise<Connection> {
  // Node's own flags stay with the main thread: an --input-type or --import of the caller is not for a file.
  const link = new Link(new Worker(script(), { workerData: start, execArgv: [] }));
  await link.opened;
  return link;
}

class Link implements Connection {
  readonly opened: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #outbox: Request[] = [];
  /** Committed, to be told in the next turn. */
  readonly #late: number[] = [];
  #next = 1;
  #ended: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.opened = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    worker.on("message", (answers: readonly Answer[]) => this.#take(answers));
    worker.on("error", (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#end(new Error("the store is closed")));
  }

  async commit(changes: readonly Change[]): Promise<void> {
    const commit = encode(changes);
    await this.#send((id) => ({ id, commit }), changes);
  }

  ask(question: Question): Promise<readonly Row[]> {
    return this.#send((id) => ({ id, question }));
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    const exited = new Promise((resolve) => this.#worker.once("exit", resolve));
    await this.#send((id) => ({ id, close: true }));
    await exited;
  }

  /**
   * Everything asked for in one turn leaves in one message: from a microtask, `nextTick` comes after all other
   * microtasks, so that callers whom one answer woke travel together however deep their promises are nested.
   */
  #send(make: (id: number) => Request, changes?: readonly Change[]): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = this.#next++;
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, { resolve, reject, ...(changes && { changes }) });
      if (this.#outbox.push(make(id)) === 1) queueMicrotask(() => process.nextTick(() => this.#post()));
    });
  }

  #post(): void {
    const requests = this.#outbox;
    this.#outbox = [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(requests);
  }

  #take(answers: readonly Answer[]): void {
    for (const answer of answers) {
      if ("done" in answer) this.#committed(answer.done);
      else if ("rows" in answer) this.#waited(answer.id)?.resolve(answer.rows);
      else {
        const waiting = this.#waited(answer.id);
        waiting?.reject(errorOf(answer.failure, waiting.changes));
      }
    }
    this.#rest();
  }

  /**
   * When one transaction was all that was under way, those whom it wakes would ask for the next one together again, and
   * this thread and the store's would take turns. Half of them a turn later: from then on both work at the same time.
   */
  #committed(ids: readonly number[]): void {
    const half = ids.length >= LEAST_SPLIT && ids.length === this.#waiting.size ? ids.length >> 1 : ids.length;
    for (const id of ids.slice(0, half)) this.#waited(id)?.resolve([]);
    if (half === ids.length) return;
    this.#late.push(...ids.slice(half));
    setImmediate(() => this.#wakeLate());
  }

  #wakeLate(): void {
    for (const id of this.#late.splice(0)) this.#waited(id)?.resolve([]);
    this.#rest();
  }

  /** An idle store does not keep a process alive that has come to its end. */
  #rest(): void {
    if (this.#waiting.size === 0 && !this.#closing) this.#worker.unref();
  }

  #waited(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(error: Error): void {
    // They are on disk, whatever became of the thread since.
    this.#wakeLate();
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}
