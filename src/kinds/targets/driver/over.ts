import { posix } from "node:path";
import { WatchbookError } from "../../../model/error.ts";
import type { Reach } from "../../../model/target.ts";
import { localTarget } from "../local.ts";

/** Hand on another target of the book by name. */
export type Other = (target: string) => Promise<Reach>;

/** The host on which a target of ours lives, and a directory on it, absolute. */
export interface Ground {
  readonly reach: Reach;
  readonly directory: string;
  /** Lets go of the host where it is nobody else's. */
  readonly close: () => Promise<void>;
}

/**
 * The host of target `name`: another target of the book (`over`), or this machine. `directory`: relative to where commands
 * of that target start; on this machine to `root`.
 */
export async function ground(
  name: string,
  given: { readonly over?: string | undefined; readonly directory?: string | undefined },
  root: string | undefined,
  other: Other | undefined,
): Promise<Ground> {
  if (given.over === undefined) {
    const local = localTarget.params.safeParse({
      ...(given.directory !== undefined && { directory: given.directory }),
    });
    if (!local.success) throw new Error(`directory of ${name}: ${JSON.stringify(local.error.issues)}`);
    const reach = await localTarget.open(name, local.data, root);
    return { reach, directory: await home(reach, "."), close: async () => reach[Symbol.asyncDispose]() };
  }
  if (!other || given.over === name) throw new WatchbookError("TARGET-OVER-ITSELF", { target: name, over: given.over });
  const reach = await other(given.over);
  return { reach, directory: await home(reach, given.directory ?? "."), close: () => Promise.resolve() };
}

async function home(reach: Reach, directory: string): Promise<string> {
  if (posix.isAbsolute(directory)) return directory;
  const { end, out } = await reach.exec(["pwd"]);
  return end.kind === "exit" && end.code === 0 ? posix.join(out.replace(/\n$/, ""), directory) : directory;
}

/** Commands and files of the host, as target `name`, starting in the directory. */
export function reachOn(
  name: string,
  { reach, directory, close }: Ground,
  env: Readonly<Record<string, string>>,
): Reach {
  const at = (path: string): string => posix.resolve(directory, path);
  return {
    target: name,
    exec: (argv, options = {}) => reach.exec(argv, { cwd: directory, ...options, env: { ...env, ...options.env } }),
    read: (path, range) => reach.read(at(path), range),
    stat: (path) => reach.stat(at(path)),
    list: (path) => reach.list(at(path)),
    space: (path) => reach.space(at(path)),
    [Symbol.asyncDispose]: close,
  };
}
