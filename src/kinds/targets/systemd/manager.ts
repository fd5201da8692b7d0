import type { Reach } from "../../../model/target.ts";
import { lines, told, type Tool } from "../driver/told.ts";

export const SYSTEMD: Tool = {
  unreachable: /Failed to connect to (system |user )?(scope )?bus|not been booted with systemd|Host is down/i,
};

/** A service manager and how it is spoken to. */
export interface Manager {
  readonly reach: Reach;
  /** `sudo -n`, where the login may not do it by itself. */
  readonly prefix: readonly string[];
  /** `--user` for the login's own manager. */
  readonly scope: readonly string[];
  /** Where unit files of the operator lie. */
  readonly folder: string;
  /** Longest time for one start or stop, milliseconds. */
  readonly waitMs: number;
}

/** `nginx` is `nginx.service`, as systemctl has it. */
export const unitName = (name: string): string =>
  /\.(service|socket|timer|target|mount|automount|path|slice|scope|swap|device)$/.test(name) ? name : `${name}.service`;

/** Standard output of a systemctl command that changes nothing. */
export const ask = (manager: Manager, words: readonly string[], signal: AbortSignal): Promise<string> =>
  told(manager.reach, ["systemctl", ...manager.scope, "--no-pager", ...words], signal, SYSTEMD);

export const systemctl = (manager: Manager, words: readonly string[]): readonly string[] => [
  ...manager.prefix,
  "systemctl",
  ...manager.scope,
  ...words,
];

/** Does a systemctl command and logs it. */
export async function command(
  manager: Manager,
  words: readonly string[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const argv = systemctl(manager, words);
  log(`$ ${argv.join(" ")}`);
  await told(manager.reach, argv, signal, SYSTEMD, { onOutput: lines(log), timeoutMs: manager.waitMs });
}

/** The last lines of a unit's journal. */
export async function journal(
  manager: Manager,
  unit: string,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const words = ["journalctl", ...manager.scope, "-u", unit, "-n", "20", "--no-pager", "-o", "short-iso"];
  const { out, err } = await manager.reach.exec([...manager.prefix, ...words], { signal });
  for (const line of `${out}${err}`.split("\n")) if (line !== "") log(line);
}
