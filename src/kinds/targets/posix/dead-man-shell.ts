import { spawn, type ChildProcess } from "node:child_process";

/** `script` reads lines from us until we end, however that comes; `first`: what one that is made anew must be told. */
interface DeadManGiven {
  readonly script: string;
  readonly args?: readonly string[];
  /** Absent: ours. */
  readonly env?: Readonly<Record<string, string>>;
  first?(): readonly string[];
}

/** A shell that outlives this process to tidy up behind it: made when it is first needed, and again should somebody end it. */
export class DeadManShell {
  readonly #given: DeadManGiven;
  #shell: ChildProcess | undefined;

  constructor(given: DeadManGiven) {
    this.#given = given;
  }

  get isThere(): boolean {
    return this.#shell !== undefined;
  }

  say(line: string): void {
    const told = this.#shell ? [line] : [...(this.#given.first?.() ?? []), line];
    this.#shell ??= this.#made();
    this.#shell.stdin!.write(told.map((one) => `${one}\n`).join(""));
  }

  #made(): ChildProcess {
    const { script, args = [], env } = this.#given;
    const made = spawn("/bin/sh", ["-c", script, "watchbook", ...args], {
      ...{ cwd: "/", detached: true, stdio: ["pipe", "ignore", "ignore"] },
      ...(env && { env }),
    });
    const forget = (): void => {
      if (this.#shell === made) this.#shell = undefined;
    };
    for (const end of [made, made.stdin]) end.on("error", forget);
    made.on("exit", forget);
    // Neither it nor its pipe keeps us from ending.
    made.unref();
    (made.stdin as unknown as { unref(): void }).unref();
    return made;
  }
}
