import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OpenBook } from "../../engine/house.ts";
import { plan } from "../../engine/plan/plan.ts";
import { makeRunControl, type RunControl } from "../../engine/run/control.ts";
import { shownName } from "../../engine/run/control/output.ts";
import { RunFollower } from "../../engine/run/follow.ts";
import { cursorText, readCursor, START_OF_RUN } from "../../engine/run/follow/cursor.ts";
import { keepFile } from "../../engine/run/kept.ts";
import { outputFolder } from "../../engine/run/output.ts";
import { unknownRun } from "../../engine/run/runner.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import { readOutput } from "../../store/output/read.ts";
import { hold, type Held } from "../hold.ts";
import { openHere } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";
import type { RunsDesk } from "./desk.ts";

interface Taken {
  readonly held: Held;
  readonly control: RunControl;
}

/** The data directory, taken when it is first needed, and let go at the end. */
class Lazy {
  readonly #call: Call;
  readonly #open: OpenBook;
  #taken: Promise<Taken> | undefined;

  constructor(call: Call, open: OpenBook) {
    this.#call = call;
    this.#open = open;
  }

  take(): Promise<Taken> {
    return (this.#taken ??= this.#take());
  }

  /** The same, where nothing was ever recorded: no data directory is made to say so. */
  async look(run: string): Promise<Taken> {
    if (this.#taken || existsSync(join(this.#call.data, "state.db"))) return this.take();
    throw run === "last" ? new WatchbookError("RUN-NONE", {}, { exit: EXIT.input }) : unknownRun(run);
  }

  async #take(): Promise<Taken> {
    const { world, data, book: root } = this.#call;
    const held = await hold(world, data, null);
    const onBug = (error: unknown): void =>
      void world.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const control = makeRunControl({ house: held.house, pid: process.pid, root, open: () => this.#open, onBug });
    return { held, control };
  }

  async leave(): Promise<void> {
    if (!this.#taken) return;
    // What could not be taken needs no leaving; whoever asked for it was told.
    const taken = await this.#taken.catch(() => undefined);
    await taken?.control.stop();
    await taken?.held[Symbol.asyncDispose]();
  }
}

/** In this process, which takes the data directory for the time; a run that nobody drives is driven as far as it goes. */
export async function localDesk(call: Call): Promise<RunsDesk> {
  const open = await openHere(call);
  const { book } = open;
  const lazy = new Lazy(call, open);
  const isProtected = (environment: string): boolean =>
    book.environments.some((one) => one.id === environment && one.protected);
  const shown = async (run: string) => (await lazy.look(run)).control.show(run);
  return {
    lang: call.values["lang"] === undefined ? book.lang : call.lang,
    book,
    plan: async (request) => {
      const made = await plan(open, await call.world.registry(), request);
      return { plan: made, protected: isProtected(made.environment) };
    },
    begin: async (request, asked) => {
      const { control } = await lazy.take();
      return control.show((await control.begin(request, asked)).record.id);
    },
    list: async (query) => (existsSync(join(call.data, "state.db")) ? (await lazy.take()).control.list(query) : []),
    show: shown,
    act: async (run, by, action) => {
      const { control } = await lazy.look(run);
      return control.show((await control.act(run, by, action)).record.id);
    },
    keep: async (name, file, bytes) =>
      keepFile(call.data, await (await lazy.look(name)).control.find(name), file, bytes),
    output: async (name, log, portion) => {
      const { control } = await lazy.look(name);
      const run = await control.find(name);
      const found = shownName(run, await control.journal(run, 0), log);
      const { bytes, ...where } = await readOutput(outputFolder(call.data, run), found, portion);
      return { ...where, text: bytes.toString("utf8") };
    },
    follow: async function* (name, cursor, signal) {
      const { control, held } = await lazy.look(name);
      const { store, clock, data } = held.house;
      const from = readCursor(cursor) ?? START_OF_RUN;
      const follower = new RunFollower({ control, store, clock, data, signal }, await control.find(name), from);
      for await (const message of follower.messages()) yield { message, cursor: cursorText(follower.cursor) };
    },
    settled: async (run) => void (await (await lazy.take()).control.settled(run)),
    [Symbol.asyncDispose]: () => lazy.leave(),
  };
}
