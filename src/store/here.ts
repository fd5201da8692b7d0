import { EventEmitter } from "node:events";
import type { Worker } from "node:worker_threads";
import { failureOf } from "./failure.ts";
import type { Answer, Request, Start } from "./protocol.ts";
import { serveFile, type Served } from "./served.ts";

/** As much of a thread as whoever asks the store needs. */
export interface Thread extends Pick<Worker, "postMessage" | "ref" | "unref"> {
  on(event: "message", hear: (answers: readonly Answer[]) => void): unknown;
  on(event: "error", hear: (error: unknown) => void): unknown;
  on(event: "exit", hear: () => void): unknown;
  once(event: "exit", hear: (code: number) => void): unknown;
}

/** The file in the caller's own thread, which waits for the disk itself: for whoever looks something up and ends. */
export class Here extends EventEmitter implements Thread {
  #served: Served | undefined;

  constructor(start: Start) {
    super();
    process.nextTick(() => this.#open(start));
  }

  postMessage(requests: readonly Request[]): void {
    try {
      if (this.#served?.take(requests, (answers) => this.emit("message", answers)) === true) this.#exit();
    } catch (error) {
      this.emit("error", error);
      this.#exit();
    }
  }

  /** What is asked here is answered before the process can come to its end. */
  ref(): void {}
  unref(): void {}

  #open(start: Start): void {
    try {
      this.#served = serveFile(start);
      this.emit("message", [{ id: 0, rows: [] }]);
    } catch (error) {
      this.emit("message", [{ id: 0, failure: failureOf(error, start.file) }]);
      this.#exit();
    }
  }

  /** A thread's end comes after its last word was heard. */
  #exit(): void {
    this.#served = undefined;
    process.nextTick(() => this.emit("exit", 0));
  }
}
