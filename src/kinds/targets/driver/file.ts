import type { Reach } from "../../../model/target.ts";
import { ReachError } from "../../../model/target.ts";
import { told } from "./told.ts";

const FILES = { unreachable: /^$/ };

/** Text of a file, null when there is none. */
export async function textOf(reach: Reach, path: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await reach.read(path));
  } catch (error) {
    if (error instanceof ReachError && error.reason === "absent") return null;
    throw error;
  }
}

/** Replaces a file in one step, or removes it when the text is null. `prefix`: sudo, where it is needed. */
export async function put(
  reach: Reach,
  path: string,
  text: string | null,
  signal: AbortSignal,
  { mode = "0644", prefix = [] }: { readonly mode?: string; readonly prefix?: readonly string[] } = {},
): Promise<void> {
  if (text === null) {
    await told(reach, [...prefix, "rm", "-f", "--", path], signal, FILES);
    return;
  }
  const write =
    'umask 077; mkdir -p -- "$(dirname -- "$1")" && cat >"$1.new" && chmod "$2" "$1.new" && mv -f -- "$1.new" "$1"';
  await told(reach, [...prefix, "sh", "-c", write, "sh", path, mode], signal, FILES, { stdin: text });
}
