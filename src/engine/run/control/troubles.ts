import { EXIT, WatchbookError } from "../../../model/error.ts";

/** A bug is said in one line where the run is shown; its stack goes elsewhere. */
const stopped = (run: string, error: unknown): WatchbookError =>
  new WatchbookError(
    "RUN-STOPPED",
    { run, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) },
    { exit: EXIT.bug, cause: error },
  );

/** Runs that stand still, and why. */
export class RunTroubles {
  /** Tried again: a full disk passes. */
  readonly #refused = new Map<string, WatchbookError>();
  /** Not tried again by itself, for it would do the same. */
  readonly #bugs = new Map<string, WatchbookError>();
  /** Of runs that could not even be taken up. */
  #untaken: readonly WatchbookError[] = [];

  /** True: it is our own bug. */
  add(run: string, error: unknown): boolean {
    if (error instanceof WatchbookError) {
      this.#refused.set(run, error);
      return false;
    }
    this.#bugs.set(run, stopped(run, error));
    return true;
  }

  /** Somebody took it up again. */
  forgive(run: string): void {
    this.#bugs.delete(run);
  }

  of(run: string): WatchbookError | undefined {
    return this.#bugs.get(run) ?? this.#refused.get(run);
  }

  get first(): WatchbookError | undefined {
    return [...this.#bugs.values(), ...this.#refused.values(), ...this.#untaken][0];
  }

  /** Something may be gone when it is tried again. */
  get mayPass(): boolean {
    return this.#refused.size > 0 || this.#untaken.length > 0;
  }

  /** Tries again with all but those that a bug stopped; what stands still then is what `recover` or its runs tell. */
  async retry(recover: (except: ReadonlySet<string>) => Promise<readonly WatchbookError[]>): Promise<void> {
    const before = [...this.#refused];
    this.#untaken = await recover(new Set(this.#bugs.keys()));
    for (const [run, error] of before) if (this.#refused.get(run) === error) this.#refused.delete(run);
  }
}
