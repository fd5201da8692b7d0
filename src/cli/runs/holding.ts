import { existsSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Door } from "../../api/listen.ts";
import { socketPath, socketRoom } from "../../api/socket.ts";
import type { OpenBook } from "../../engine/house.ts";
import { makeRunControl, type RunControl } from "../../engine/run/control.ts";
import { unknownRun } from "../../engine/run/runner.ts";
import { format } from "../../i18n/format.ts";
import { sayError, texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { isUnwritten } from "../../store/refusal.ts";
import { aboutOf, hold, type Held } from "../hold.ts";
import { openHere } from "../inspect/alone.ts";
import type { Call } from "../verb.ts";
import { Driven } from "./driven.ts";

/** A data directory in this process's hands, and its runs. */
export interface Taken {
  readonly held: Held;
  readonly control: RunControl;
  readonly driven: Driven;
}

/** How long after a run was begun its door is opened, milliseconds. */
const LATER_MS = 1_000;

/** How long runs of other terminals go on here before that is said, milliseconds. */
const SOON_MS = 500;

/** The data directory, taken when it is first needed, let go at the end; while it drives runs, others come through its socket. */
export class Holding {
  readonly #call: Call;
  readonly #lang: Lang;
  readonly #leaving = new AbortController();
  readonly #gone = Promise.withResolvers<void>();
  #open: OpenBook;
  #taken: Promise<Taken> | undefined;
  #door: Promise<Door | undefined> | undefined;
  #paused: Promise<void> | undefined;

  constructor(call: Call, open: OpenBook, lang: Lang) {
    this.#call = call;
    this.#open = open;
    this.#lang = lang;
  }

  /** `drives`: runs will go on here, whose probes and followers wait for no disk. */
  take(drives = false): Promise<Taken> {
    return (this.#taken ??= this.#take(drives));
  }

  /** The same, where nothing was ever recorded: no data directory is made to say so. */
  async look(run: string, drives = false): Promise<Taken> {
    if (this.#taken || existsSync(join(this.#call.data, "state.db"))) return this.take(drives);
    throw run === "last" ? new WatchbookError("RUN-NONE", {}, { exit: EXIT.input }) : unknownRun(run);
  }

  /**
   * Taken to drive runs: other terminals may come, as they come to a daemon. Nothing waits for that: whoever comes before
   * the socket is there waits for it. Rejects with SOCKET-FOLDER.
   */
  async drive(): Promise<Taken> {
    const taken = await this.take(true);
    if (this.#door) return taken;
    const { uid } = userInfo();
    const path = socketPath(taken.held.house.data, tmpdir(), uid);
    await socketRoom(path, uid);
    this.#door ??= this.#openDoor(taken, path, uid);
    // Told when it is waited for.
    this.#door.catch(() => undefined);
    this.#watch(taken.driven);
    return taken;
  }

  /** An interrupt pauses all that is driven here, for others too: nobody would drive it. */
  #watch(driven: Driven): void {
    const { signal } = this.#call.world;
    const pause = (): void => {
      this.#paused = driven.pause(this.#call);
      this.#paused.catch(() => undefined);
    };
    if (signal.aborted) pause();
    else signal.addEventListener("abort", pause, { once: true });
  }

  async #take(drives: boolean): Promise<Taken> {
    const { world, data, book: root } = this.#call;
    const held = await hold(world, data, aboutOf(this.#call), { works: drives });
    const onBug = this.#bug;
    const control = makeRunControl({ house: held.house, pid: process.pid, root, open: () => this.#open, onBug });
    return { held, control, driven: new Driven(control) };
  }

  readonly #bug = (error: unknown): void =>
    void this.#call.world.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);

  /** Loaded here, and not at once: most verbs only look or are done before anybody comes. Undefined: it leaves already. */
  async #openDoor({ held, control, driven }: Taken, path: string, uid: number): Promise<Door | undefined> {
    const { signal } = this.#leaving;
    await held.house.clock.sleep(LATER_MS, signal).catch(() => undefined);
    if (signal.aborted) return undefined;
    const { openDoor } = await import("./door.ts");
    const opening = openDoor(path, uid, {
      held,
      control,
      driven,
      interrupted: this.#call.world.signal,
      open: () => this.#open,
      look: async () => void (this.#open = await openHere(this.#call)),
      leaving: this.#gone.promise,
      onBug: this.#bug,
    });
    return opening.catch((error: unknown) => this.#shut(error));
  }

  /** What keeps others out keeps no run from its end. */
  #shut(error: unknown): undefined {
    if (!(error instanceof WatchbookError)) throw error;
    // Where the disk takes nothing, the run itself tells of it.
    if (isUnwritten(error)) return;
    const { say, fix } = sayError(error, this.#lang);
    this.#call.world.stderr.write(`${format(texts(this.#lang).run.said.shut, { say, fix })}\n`);
  }

  /** Stays until nothing that others have begun goes on by itself, then lets go of everything. */
  async leave(): Promise<void> {
    // What could not be taken needs no leaving; whoever asked for it was told.
    const taken = await this.#taken?.catch(() => undefined);
    if (!taken) return;
    const { held, control } = taken;
    await using ending = new AsyncDisposableStack();
    ending.use(held);
    ending.defer(() => control.stop());
    this.#leaving.abort();
    const door = await this.#door;
    if (door) await this.#close(taken, door, ending);
    await this.#paused;
  }

  async #close({ held, driven }: Taken, door: Door, ending: AsyncDisposableStack): Promise<void> {
    await this.#linger(driven);
    // Whoever comes now waits until this process is gone.
    ending.defer(() => driven.rest());
    ending.use(door);
    this.#gone.resolve();
    try {
      held.announce(null);
    } catch (error) {
      // Where the disk takes nothing, the run itself tells of it.
      if (!isUnwritten(error)) throw error;
    }
  }

  /** Says for whom it stays. */
  async #linger(driven: Driven): Promise<void> {
    const { clock, stderr } = this.#call.world;
    const enough = new AbortController();
    const rest = driven.rest().then(() => true);
    const late = clock.sleep(SOON_MS, enough.signal).then(
      () => false,
      () => false,
    );
    const isOver = await Promise.race([rest, late]);
    enough.abort();
    if (isOver) return;
    const runs = driven.going().map(({ id }) => id);
    stderr.write(`${format(texts(this.#lang).run.said.lingers, { runs })}\n`);
    await rest;
  }
}
