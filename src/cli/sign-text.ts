import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { signArgv } from "../evidence/approval/recipe.ts";
import { runAtTerminal } from "../kinds/targets/local/terminal.ts";
import { WatchbookError } from "../model/error.ts";
import type { World } from "./verb.ts";

/** With which key: a file of the person's (private, or public with its private half in the agent), else the agent. */
export interface SigningWith {
  /** Value of --key. */
  readonly file?: string;
  /** Public key line of the person in the book: found in the agent when no file is given. */
  readonly line?: string;
}

/** Path of the key for ssh-keygen; the person's line is written into `folder` when it must be looked for in the agent. */
async function keyFile(world: Pick<World, "cwd">, { file, line }: SigningWith, folder: string): Promise<string> {
  if (file !== undefined) {
    const path = resolve(world.cwd, file);
    if (!existsSync(path)) throw new WatchbookError("FILE-NOT-FOUND", { path });
    return path;
  }
  if (line === undefined) throw new WatchbookError("APPROVAL-WHICH-KEY");
  const path = join(folder, "key.pub");
  await writeFile(path, `${line.trim()}\n`, { mode: 0o600 });
  return path;
}

/**
 * Has `text` signed by `ssh-keygen -Y sign` at this terminal: agents, passphrases and hardware keys work as they do for
 * ssh. Gives the armoured signature in `namespace`. Rejects with WatchbookError APPROVAL-NOT-SIGNED,
 * APPROVAL-NO-PROGRAM, APPROVAL-WHICH-KEY or FILE-NOT-FOUND.
 */
export async function signText(
  world: Pick<World, "cwd" | "env">,
  text: string,
  key: SigningWith,
  namespace: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "watchbook-sign-"));
  try {
    const file = join(folder, "signed");
    await writeFile(file, text, { mode: 0o600 });
    const end = await runAtTerminal(signArgv(await keyFile(world, key, folder), file, namespace), { env: world.env });
    if ("missing" in end) throw new WatchbookError("APPROVAL-NO-PROGRAM", { program: end.missing });
    if (end.status !== 0) throw new WatchbookError("APPROVAL-NOT-SIGNED", { status: end.status ?? "–" });
    return await readFile(`${file}.sig`, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
