import { readFileSync } from "node:fs";
import { Failure } from "./failure.ts";

/** Version of the command, and of a node that nothing was installed for. */
export const VERSION = "1.0.0";

/** What is installed for one node: the releases of this example differ in these two things only. */
export interface Program {
  readonly version: string;
  /** Settings of config.json without which it does not start. */
  readonly needs: readonly string[];
}

/** The program that is installed in this file; without one the version of the command. */
export function programAt(path: string): Program {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Program;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { version: VERSION, needs: [] };
    throw error;
  }
}

/** Throws a Failure for the first setting that the program needs and the configuration lacks. */
export function demand({ version, needs }: Program, config: object): void {
  for (const key of needs) {
    const value = key
      .split(".")
      .reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], config);
    if (value === undefined)
      throw new Failure(
        `Version ${version} needs the setting ${key}, and config.json has none.`,
        "Go back to the version before, or read its release notes.",
        3,
      );
  }
}
