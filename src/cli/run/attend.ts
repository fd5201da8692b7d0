import type { RunShown } from "../../engine/run/control/shown.ts";
import { texts } from "../../i18n/texts.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { isEnded } from "../../model/run.ts";
import type { RunsDesk } from "../runs/desk.ts";
import type { Call } from "../verb.ts";
import { answered, askHere, type Ask } from "./asking.ts";
import { Board, troubleOf } from "./board.ts";
import { waitLines, waitsSaid } from "./waits.ts";

export interface Attended {
  readonly run: RunShown;
  /** Ctrl-C, or SIGTERM. */
  readonly interrupted: boolean;
}

export interface AttendParts {
  readonly call: Call;
  readonly desk: RunsDesk;
  readonly lang: Lang;
  /** Who is there. */
  readonly by: string;
  /** Absent: nobody can be asked. */
  readonly ask?: Ask | undefined;
  /** Stays although it waits for somebody who is elsewhere. */
  readonly stays?: boolean;
  /** What an interrupt does: pause the run after the step that is running, or only stop looking. */
  readonly onInterrupt: "pause" | "leave";
  /** Cursor to begin at; default: the beginning. */
  readonly from?: string;
  /** Ends looking when the run as it is has been shown: nobody drives it. */
  readonly only?: boolean;
}

/** The interrupt, and what it does to the run. */
class Interrupt implements Disposable {
  readonly #signal: AbortSignal;
  readonly #on: () => void;
  isThere: boolean;

  constructor(signal: AbortSignal, on: () => void) {
    this.#signal = signal;
    this.isThere = signal.aborted;
    this.#on = () => {
      this.isThere = true;
      on();
    };
    signal.addEventListener("abort", this.#on, { once: true });
  }

  [Symbol.dispose](): void {
    this.#signal.removeEventListener("abort", this.#on);
  }
}

/**
 * Stays with a run until it has ended, or waits for a person who cannot be asked or leaves it. Rejects with what keeps it
 * from going on when this process drives it.
 */
export async function attend(parts: AttendParts, id: string): Promise<Attended> {
  const { desk, call, lang, by } = parts;
  using board = new Board({ world: call.world, lang });
  const looking = new AbortController();
  const pausing = Promise.withResolvers<never>();
  pausing.promise.catch(() => undefined);
  const pause = async (): Promise<void> => {
    board.say(texts(lang).run.said.interrupted);
    await desk.act(id, by, { do: "pause", reason: call.world.signal.reason === "SIGTERM" ? "SIGTERM" : "Ctrl-C" });
  };
  using interrupt = new Interrupt(call.world.signal, () => {
    if (parts.onInterrupt === "leave" || board.isIdle) looking.abort();
    else pause().catch((error: unknown) => (isOver(error) ? undefined : pausing.reject(error)));
  });
  for (let cursor = parts.from ?? ""; ;) {
    const seen = follow(parts, id, cursor, board, looking);
    cursor = await Promise.race([seen, pausing.promise]);
    await settled(desk, id);
    const run = await desk.show(id);
    const left = { run, interrupted: interrupt.isThere };
    if (isEnded(run.record.state) || interrupt.isThere || parts.only || (!parts.ask && !parts.stays)) return left;
    // Answered from elsewhere already.
    if (!run.view.paused && run.view.waits.every(({ kind }) => kind === "timer")) continue;
    board.pause();
    const given = parts.ask && (await askHere(desk, run, by, parts.ask));
    if (given === undefined) {
      if (!parts.stays) return { run: await desk.show(id), interrupted: interrupt.isThere };
      for (const line of waitLines(waitsSaid(call, run, lang, desk.book.zone), lang)) board.say(line);
      await answered(desk, run, by, looking.signal);
      if (looking.signal.aborted) return { run: await desk.show(id), interrupted: interrupt.isThere };
    } else if (given === "elsewhere") board.say(texts(lang).run.said.elsewhere);
  }
}

/** What keeps only the evidence from being written was shown; the run itself has ended. */
async function settled(desk: RunsDesk, id: string): Promise<void> {
  try {
    await desk.settled(id);
  } catch (error) {
    if (!(error instanceof WatchbookError) || !isEnded((await desk.show(id)).record.state)) throw error;
  }
}

/** It has ended meanwhile, or somebody else paused it: what was wanted is so. */
const isOver = (error: unknown): boolean =>
  error instanceof WatchbookError && (error.code === "RUN-ENDED" || error.code === "RUN-PAUSED");

/** Shows what comes until the run ends or is idle; gives where to go on. */
async function follow(
  { desk, only }: AttendParts,
  id: string,
  from: string,
  board: Board,
  looking: AbortController,
): Promise<string> {
  const round = new AbortController();
  const signal = AbortSignal.any([looking.signal, round.signal]);
  let cursor = from;
  try {
    for await (const followed of desk.follow(id, cursor, signal)) {
      const { message } = followed;
      cursor = followed.cursor;
      board.take(message);
      if (message.type === "end") break;
      if (message.type !== "state") continue;
      const { trouble } = message;
      // Nobody tries again here; a daemon does.
      const isAlone = desk.pid === undefined || desk.command !== undefined;
      if (trouble && !isEnded(message.state) && (isAlone || trouble.code === "RUN-STOPPED")) throw troubleOf(trouble);
      if (only || (board.isIdle && !isEnded(message.state))) break;
    }
  } finally {
    round.abort();
  }
  return cursor;
}
