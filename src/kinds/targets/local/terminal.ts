import { spawn } from "node:child_process";
import { once } from "node:events";

export interface AtTerminal {
  readonly cwd?: string;
  /** Whole environment of the program; nothing is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a program at the terminal ended; status null: a signal ended it. */
export type TerminalEnd = { readonly status: number | null } | { readonly missing: string };

/**
 * Runs a program in the foreground, at the person's own terminal: it may ask for a passphrase, a PIN or a touch, and
 * Ctrl-C reaches it. What it prints goes to standard error, so that standard output stays ours. Without a terminal it
 * gets none.
 */
export async function runAtTerminal(argv: readonly string[], { cwd, env }: AtTerminal): Promise<TerminalEnd> {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { cwd, env: { ...env }, stdio: ["inherit", 2, 2] });
  try {
    const [status] = (await once(child, "close")) as [number | null];
    return { status };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { missing: program };
  }
}
