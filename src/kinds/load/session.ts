import type { Writer } from "../../model/cluster.ts";
import type { Clock } from "../../model/time.ts";
import { startClient, type Client } from "../targets/local/client.ts";

/** No answer, or another one than was waited for. */
export class Unanswered extends Error {}

interface Waiting {
  readonly beginning: string;
  resolve(rest: string): void;
  reject(error: Error): void;
}

/** One connection: a statement at a time, and its answer. */
export class Session {
  readonly #client: Client;
  readonly #clock: Clock;
  #waiting: Waiting | undefined;
  #last = "";

  private constructor(writer: Pick<Writer, "argv" | "env">, clock: Clock) {
    this.#clock = clock;
    this.#client = startClient(
      writer.argv,
      writer.env,
      (line) => this.#hear(line),
      () => this.#fail("the client has ended"),
    );
  }

  /** Connected to what can be written. Rejects with Unanswered. */
  static async open(writer: Pick<Writer, "argv" | "env" | "hello">, clock: Clock, ms: number): Promise<Session> {
    const session = new Session(writer, clock);
    try {
      await session.ask(writer.hello, "", ms, / ready$/);
      return session;
    } catch (error) {
      session.end();
      throw error;
    }
  }

  /** What comes behind `beginning` in the answer. Rejects with Unanswered: then nothing more can be asked. */
  async ask(statement: string, beginning: string, ms: number, form = /^/): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const over = new AbortController();
    this.#waiting = { beginning, resolve, reject };
    this.#client.send(statement);
    this.#clock.sleep(ms, over.signal).then(
      () => this.#fail(`no answer in ${ms} ms`),
      () => undefined,
    );
    try {
      const rest = await promise;
      if (!form.test(rest)) throw new Unanswered(rest);
      return rest;
    } finally {
      over.abort();
    }
  }

  /** A line that is not what is waited for makes everything doubtful: a warning, an error. */
  #hear(line: string): void {
    const waiting = this.#waiting;
    if (!waiting || !line.startsWith(waiting.beginning)) return this.#fail(line);
    this.#waiting = undefined;
    waiting.resolve(line.slice(waiting.beginning.length));
  }

  #fail(why: string): void {
    // What it said before it ended says more than that it ended.
    this.#last ||= why;
    this.#waiting?.reject(new Unanswered(this.#last));
    this.#waiting = undefined;
    this.#client.end();
  }

  end(): void {
    this.#client.end();
  }
}
