import type { Reach } from "../../../model/target.ts";
import { ReachError } from "../../../model/target.ts";

/** A file of /proc or another small one, as text; 1 MiB at most unless told. */
export async function text(reach: Reach, path: string, most?: number): Promise<string> {
  const bytes = await reach.read(path, most === undefined ? undefined : { offset: 0, length: most });
  return new TextDecoder().decode(bytes);
}

/** The same, or undefined when there is no such file. */
export async function textIfThere(reach: Reach, path: string, most?: number): Promise<string | undefined> {
  try {
    return await text(reach, path, most);
  } catch (error) {
    if (error instanceof ReachError && error.reason === "absent") return undefined;
    throw error;
  }
}
