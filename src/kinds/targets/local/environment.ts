import { homedir } from "node:os";

/** Where system tools live on every Linux; tried after the target's own `path`. */
const SYSTEM_PATH = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Carried by every process a command starts, so that one that leaves its process group can still be found. */
export const MARK = "WATCHBOOK_EXEC";

/**
 * The environment of a command. Fixed, not inherited: an inspection must not depend on the shell that started it,
 * and the secrets of our own process are none of the command's business.
 */
export function environment(
  path: readonly string[],
  extra: Readonly<Record<string, string>>,
  mark: string,
): Record<string, string> {
  return { PATH: [...path, ...SYSTEM_PATH].join(":"), HOME: homedir(), ...extra, LC_ALL: "C", [MARK]: mark };
}
