import { Worker } from "node:worker_threads";
import { WatchbookError } from "../model/error.ts";
import { changeOf, encode } from "./encode.ts";
import type { Thread } from "./here.ts";
import type { Answer, Failure, Question, Request, Row, Start } from "./protocol.ts";
import { Conflict, type Change } from "./store.ts";

/** The caller's end of the store. */
export interface Connection {
  commit(changes: readonly Change[]): Promise<void>;
  ask(question: Question): Promise<readonly Row[]>;
  /** Ends after everything sent before; may be called twice. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: never) => void;
  readonly reject: (error: unknown) => void;
  readonly changes: readonly Change[] | undefined;
}

const NO_ROWS = [] as never;

/** Room for what the thread has just made, MB: rows that come and go. V8 would take sixteen times as much before it tidies up. */
const YOUNG_MB = 3;

/** Digests of plans kept in memory. */
const PLANS = 1_000;

/** The worker beside this file: worker.ts in a checkout, worker.js in the package. */
const script = (): URL => new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

const errorOf = (failure: Failure, changes: readonly Change[] | undefined): Error => {
  if (failure.kind === "conflict") return new Conflict(changes![changeOf(encode(changes!), failure.index)]!);
  if (failure.kind === "refused") return new WatchbookError(failure.code, failure.args);
  return Object.assign(new Error(failure.message), { stack: failure.stack });
};

function threadOf(start: Start): Thread {
  // Node's own flags stay with the main thread: an --input-type or --import of the caller is not for a file.
  const options = { workerData: start, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } };
  return new Worker(script(), options);
}

/** Resolves when the file is open, in a thread that is started for it or (`here`) in the caller's. */
export async function connect(start: Start, here: boolean): Promise<Connection> {
  const link = new Link(here ? new (await import("./here.ts")).Here(start) : threadOf(start));
  await link.opened;
  return link;
}

class Link implements Connection {
  readonly opened: Promise<unknown>;
  readonly #worker: Thread;
  readonly #waiting = new Map<number, Waiting>();
  #outbox: Request[] = [];
  /** Digests of plans that were committed. */
  readonly #plans = new Set<string>();
  #next = 1;
  #ended: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(worker: Thread) {
    this.#worker = worker;
    this.opened = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject, changes: undefined }));
    worker.on("message", (answers: readonly Answer[]) => this.#take(answers));
    worker.on("error", (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#end(new Error("the store is closed")));
  }

  commit(changes: readonly Change[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const commit = encode(changes, this.#plans);
      this.#send({ id: this.#next++, commit }, { resolve, reject, changes });
    });
  }

  ask(question: Question): Promise<readonly Row[]> {
    return new Promise((resolve, reject) =>
      this.#send({ id: this.#next++, question }, { resolve, reject, changes: undefined }),
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    const exited = new Promise((resolve) => this.#worker.once("exit", resolve));
    await new Promise((resolve, reject) =>
      this.#send({ id: this.#next++, close: true }, { resolve, reject, changes: undefined }),
    );
    await exited;
  }

  /**
   * Everything asked for in one turn leaves in one message: from a microtask, `nextTick` comes after all other
   * microtasks, so that callers whom one answer woke travel together however deep their promises are nested.
   */
  #send(request: Request, waiting: Waiting): void {
    if (this.#ended) return waiting.reject(this.#ended);
    if (this.#waiting.size === 0) this.#worker.ref();
    this.#waiting.set(request.id, waiting);
    if (this.#outbox.push(request) === 1) queueMicrotask(this.#later);
  }

  readonly #later = (): void => process.nextTick(this.#post);

  readonly #post = (): void => {
    const requests = this.#outbox;
    this.#outbox = [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(requests);
  };

  #take(answers: readonly Answer[]): void {
    for (const answer of answers) {
      if ("done" in answer) for (const id of answer.done) this.#done(id);
      else if ("rows" in answer) this.#waited(answer.id)?.resolve(answer.rows as never);
      else {
        const waiting = this.#waited(answer.id);
        waiting?.reject(errorOf(answer.failure, waiting.changes));
      }
    }
    this.#rest();
  }

  #done(id: number): void {
    const waiting = this.#waited(id);
    const [first] = waiting?.changes ?? [];
    if (first?.kind === "run.insert") this.#learn(first.record.digest);
    waiting?.resolve(NO_ROWS);
  }

  /** Plans are never taken out of the store. */
  #learn(digest: string): void {
    if (this.#plans.size >= PLANS) this.#plans.clear();
    this.#plans.add(digest);
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
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}
