import { ReachError, type FileStat, type Reach } from "../../../model/target.ts";
import type { Read } from "../framed/gather.ts";
import { FILES } from "./files-program.ts";

/** A file operation that takes longer hangs on a dead mount or a dead host, milliseconds. */
const LIMIT_MS = 15_000;
const DEFAULT_BYTES = 1_048_576;

/** Exit codes of the program. */
const REASONS: Readonly<Record<number, ReachError["reason"]>> = { 61: "absent", 62: "no-permission", 63: "other" };

async function ask(
  run: Read,
  operation: string,
  path: string,
  more: readonly string[],
  maxBytes: number,
): Promise<Buffer> {
  if (path.includes("\0")) throw new ReachError("absent", `${JSON.stringify(path)}: a NUL byte`);
  const { end, out, err } = await run(["sh", "-c", FILES, "watchbook", operation, path, ...more], {
    timeoutMs: LIMIT_MS,
    maxBytes,
  });
  if (end.kind === "exit" && end.code === 0) return out;
  if (end.kind === "timeout") throw new ReachError("timeout", `${path}: ${end.ms} ms`);
  const said = err.toString("utf8").trim().slice(0, 200) || end.kind;
  throw new ReachError((end.kind === "exit" && REASONS[end.code]) || "other", `${path}: ${said}`);
}

const KINDS: Readonly<Record<number, FileStat["kind"]>> = {
  0o100000: "file",
  0o040000: "directory",
  0o120000: "symlink",
};

/** `MODE(hex) SIZE SECONDS UID GID INODE DATE TIME.FRACTION ZONE` */
function statOf(text: string): FileStat {
  const [mode = "", size, seconds, uid, gid, inode, , time = ""] = text.trim().split(" ");
  const bits = Number.parseInt(mode, 16);
  const fraction = Number(`0.${/\.(\d+)/.exec(time)?.[1] ?? "0"}`);
  return {
    kind: KINDS[bits & 0o170000] ?? "other",
    size: Number(size),
    modified: (Number(seconds) + fraction) * 1_000,
    mode: bits & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    inode: Number(inode),
  };
}

/** `UNIT BLOCKS FREE AVAILABLE INODES INODES-FREE` */
function spaceOf(text: string): Awaited<ReturnType<Reach["space"]>> {
  const [unit = 0, blocks = 0, free = 0, available = 0, inodes = 0, inodesFree = 0] = text
    .trim()
    .split(" ")
    .map(Number);
  return {
    size: unit * blocks,
    free: unit * free,
    available: unit * available,
    ...(inodes > 0 && { inodes, inodesFree }),
  };
}

/** The file methods of Reach by POSIX tools, one command each. */
export function remoteFiles(run: Read): Pick<Reach, "read" | "stat" | "list" | "space"> {
  return {
    read: async (path, range) => {
      const [offset, length] = [range?.offset ?? 0, range?.length ?? DEFAULT_BYTES];
      return ask(run, "read", path, [String(offset + 1), String(length)], length);
    },
    stat: async (path) => statOf((await ask(run, "stat", path, [], 4_096)).toString("latin1")),
    list: async (path) => {
      const names = (await ask(run, "list", path, [], 64 * 1_048_576)).toString("utf8").split("/");
      return names.slice(0, -1).toSorted();
    },
    space: async (path) => spaceOf((await ask(run, "space", path, [], 4_096)).toString("latin1")),
  };
}
