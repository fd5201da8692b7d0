import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Writer } from "../../model/cluster.ts";
import type { Clock } from "../../model/time.ts";
import { ledgerIn, recoveredAt } from "./ledger.ts";
import { Notes } from "./notes.ts";
import { Session } from "./session.ts";

/** What the writers' own process is given; `env` of the writer with its secrets in it. */
export interface LoadGiven {
  readonly folder: string;
  readonly writer: Writer;
  readonly table: string;
  readonly rate: number;
  readonly connections: number;
  /** After so many seconds it ends by itself, whoever has died. */
  readonly limit: number;
  /** Without a table, until writes are good on this branch; absent: with one, until a file `stop` is there. */
  readonly prove?: string;
}

/** How long an answer is waited for, also that of each address of a client, and how soon somebody connects again, milliseconds. */
const ANSWER_MS = 2_000;
const AGAIN_MS = 50;
const LOOK_MS = 20;

/** Files by which others speak to the process and hear of it. */
export const FILES = { ledger: "ledger", stop: "stop", end: "end", pid: "pid" } as const;

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Writers that go on whatever happens to the server, until they are told to stop. */
export class Load {
  readonly #given: LoadGiven;
  readonly #clock: Clock;
  readonly #notes: Pick<Notes, "note" | "close">;
  readonly #until: bigint;
  #next = 1;
  #stopping = false;

  /** `notes`: where it notes what it does; by default the ledger in its folder. */
  constructor(given: LoadGiven, clock: Clock, notes?: Pick<Notes, "note" | "close">) {
    this.#given = given;
    this.#clock = clock;
    this.#notes = notes ?? new Notes(this.#at("ledger"), clock);
    this.#until = clock.monotonic() + BigInt(given.limit) * 1_000_000_000n;
  }

  /** Resolves when all is noted, and when nobody needs the table any more. */
  async run(): Promise<void> {
    const { connections, prove } = this.#given;
    if (prove === undefined) await this.#makeTable();
    const all = Array.from({ length: connections }, () => this.#connection());
    while (!this.#isOver()) await this.#clock.sleep(prove === undefined ? LOOK_MS : LOOK_MS * 5);
    this.#stopping = true;
    await Promise.all(all);
    this.#notes.note("z");
    this.#notes.close();
    if (prove !== undefined) return;
    while (!this.#isLeft()) await this.#clock.sleep(LOOK_MS);
    // Where there is no primary now the table stays; its name says whose it is.
    await this.#once(this.#given.writer.remove, "removed").catch(() => undefined);
  }

  #at(name: keyof typeof FILES): string {
    return join(this.#given.folder, FILES[name]);
  }

  #filled(text: string, id = 0): string {
    return text.replaceAll("{table}", this.#given.table).replaceAll("{id}", String(id));
  }

  /** Its folder goes when nobody wants it any more. */
  #isLeft(): boolean {
    return existsSync(this.#at("end")) || !existsSync(this.#at("ledger")) || this.#clock.monotonic() > this.#until;
  }

  #isOver(): boolean {
    const { prove } = this.#given;
    if (this.#isLeft()) return true;
    if (prove === undefined) return existsSync(this.#at("stop"));
    return recoveredAt(ledgerIn(readFileSync(this.#at("ledger"), "utf8")), prove) !== undefined;
  }

  /** A server that stands still takes the whole time of its address; the next one has its own. */
  #open(): Promise<Session> {
    const { writer } = this.#given;
    return Session.open(writer, this.#clock, ANSWER_MS * writer.addresses);
  }

  async #once(statement: string, answer: string): Promise<void> {
    const session = await this.#open();
    try {
      await session.ask(this.#filled(statement), answer, ANSWER_MS * 5);
    } finally {
      session.end();
    }
  }

  async #makeTable(): Promise<void> {
    for (;;)
      try {
        return await this.#once(this.#given.writer.make, "made");
      } catch (error) {
        this.#notes.note("e", why(error));
        if (this.#isOver()) return;
        await this.#clock.sleep(AGAIN_MS);
      }
  }

  /** Connects again and again, and writes in between. */
  async #connection(): Promise<void> {
    const { writer, prove } = this.#given;
    let isSure = true;
    while (!this.#stopping)
      try {
        const session = await this.#open();
        // The table itself may not have come over: what was in it is lost, but what is written now need not be.
        if (!isSure && prove === undefined) await session.ask(this.#filled(writer.make), "made", ANSWER_MS);
        isSure = await this.#writing(session);
        session.end();
      } catch (error) {
        this.#notes.note("e", why(error));
        await this.#clock.sleep(AGAIN_MS);
      }
  }

  /** One row after the other. Gives whether it went well until they were told to stop. */
  async #writing(session: Session): Promise<boolean> {
    const { connections, rate, writer, prove } = this.#given;
    const interval = BigInt(Math.round((connections / rate) * 1e9));
    const statement = prove === undefined ? writer.insert : writer.touch;
    let due = this.#clock.monotonic();
    for (;;) {
      const now = this.#clock.monotonic();
      if (due > now) await this.#clock.sleep(Number(due - now) / 1e6);
      else due = now;
      due += interval;
      if (this.#stopping) return true;
      const id = this.#next;
      this.#next += 1;
      this.#notes.note(`s ${id}`);
      try {
        const mark = await session.ask(this.#filled(statement, id), `${id} `, ANSWER_MS);
        this.#notes.note(`a ${id}`, mark);
      } catch (error) {
        this.#notes.note(`d ${id}`, why(error));
        return false;
      }
    }
  }
}
