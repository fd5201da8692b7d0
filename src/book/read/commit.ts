import { WatchbookError } from "../../model/error.ts";
import type { Finding } from "../../model/finding.ts";
import type { ExecResult, Reach } from "../../model/target.ts";
import { byPath, CONFIG_NAME, LIMITS } from "./manual-files.ts";
import type { Entry, ManualFiles } from "./manual-files.ts";
import { MANUAL_NAME } from "./select.ts";

/** Options that keep a strange repository from running code of its own. */
const SAFE = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
const MINUTE = 60_000;
/** Bytes of one `git cat-file --batch`. */
const BATCH = 16 * 1024 * 1024;

/** Runs git in `root` through a local reach. */
export const git = (
  reach: Reach,
  root: string,
  args: readonly string[],
  stdin = "",
  maxBytes = 4 << 20,
): Promise<ExecResult> => reach.exec(["git", ...SAFE, "-C", root, ...args], { timeoutMs: MINUTE, maxBytes, stdin });

async function must(
  reach: Reach,
  root: string,
  args: readonly string[],
  stdin = "",
  maxBytes?: number,
): Promise<string> {
  const { end, out, err, truncated } = await git(reach, root, args, stdin, maxBytes);
  if (end.kind === "exit" && end.code === 0 && !truncated) return out;
  const why = end.kind === "spawn" ? end.reason : truncated ? "output too long" : err.trim().split("\n")[0] || end.kind;
  throw new WatchbookError("BOOK-GIT-FAILED", { root, command: `git ${args.slice(0, 2).join(" ")}`, why });
}

interface Blob extends Entry {
  readonly id: string;
  readonly mode: string;
}

/**
 * The committed tree below `root`: what a daemon runs. Reads with `git ls-tree` and `git cat-file --batch`; the working
 * tree is not looked at. `commit` is anything git understands.
 */
export function commitFiles(reach: Reach, root: string, commit: string): ManualFiles {
  let listed: Promise<ReadonlyMap<string, Blob>> | undefined;
  const blobs = (): Promise<ReadonlyMap<string, Blob>> => (listed ??= listBlobs(reach, root, commit));
  const cache = new Map<string, Promise<ReadonlyMap<string, Uint8Array>>>();
  return {
    root,
    list: async (ignored) => {
      const entries: Entry[] = [];
      const findings: Finding[] = [];
      for (const blob of (await blobs()).values()) {
        if (ignoredPath(blob.path, ignored)) continue;
        if (blob.mode !== "120000") entries.push({ path: blob.path, bytes: blob.bytes });
        else if (!MANUAL_NAME.test(blob.path)) entries.push({ path: blob.path, bytes: 0, alias: true });
        else await listLink(blob, entries, findings);
      }
      return { entries: entries.sort(byPath), findings };
    },
    read: async (path) => {
      const blob = (await blobs()).get(path);
      return blob && (await contents(await blobs(), blob)).get(blob.id);
    },
    has: async (path) => {
      const all = await blobs();
      return all.has(path) || path === "" || [...all.keys()].some((each) => each.startsWith(`${path}/`));
    },
  };

  async function listLink(blob: Blob, entries: Entry[], findings: Finding[]): Promise<void> {
    const all = await blobs();
    const target = new TextDecoder().decode((await contents(all, blob)).get(blob.id));
    if (all.has(joined(blob.path, target))) entries.push({ path: blob.path, bytes: 0, alias: true });
    else
      findings.push({
        code: "WB004",
        level: "error",
        source: { file: blob.path, line: 1 },
        args: { path: blob.path, target },
      });
  }

  /** Contents by object id. All manuals are fetched in few calls, whichever is asked for first. */
  function contents(all: ReadonlyMap<string, Blob>, blob: Blob): Promise<ReadonlyMap<string, Uint8Array>> {
    if (!cache.has(blob.id))
      for (const batch of batchesOf(all, blob)) {
        const fetched = fetchBatch(reach, root, batch);
        for (const each of batch) cache.set(each.id, fetched);
      }
    return cache.get(blob.id)!;
  }
}

function ignoredPath(path: string, ignored: (path: string) => boolean): boolean {
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1))
    if (ignored(path.slice(0, at + 1))) return true;
  return ignored(path);
}

async function listBlobs(reach: Reach, root: string, commit: string): Promise<ReadonlyMap<string, Blob>> {
  const out = await must(reach, root, ["ls-tree", "-r", "-z", "--long", commit], "", 16 << 20);
  const blobs = new Map<string, Blob>();
  for (const line of out.split("\0")) {
    const found = /^(\d{6}) blob ([0-9a-f]+) +(\d+)\t([^]*)$/.exec(line);
    if (!found) continue;
    blobs.set(found[4]!, { mode: found[1]!, id: found[2]!, bytes: Number(found[3]), path: found[4]! });
    if (blobs.size >= LIMITS.entries)
      throw new WatchbookError("BOOK-TOO-MANY-FILES", {
        path: root,
        limit: LIMITS.entries,
        folder: ".",
        files: blobs.size,
      });
  }
  return blobs;
}

function batchesOf(all: ReadonlyMap<string, Blob>, wanted: Blob): Blob[][] {
  const batches: Blob[][] = [[]];
  let size = 0;
  const chosen = [...all.values()].filter((blob) => isRead(blob) || blob === wanted);
  for (const blob of chosen) {
    if (size + blob.bytes > BATCH) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)!.push(blob);
    size += blob.bytes;
  }
  return batches.filter((batch) => batch.length > 0);
}

const isRead = (blob: Blob): boolean =>
  blob.bytes <= LIMITS.fileBytes && (blob.path === CONFIG_NAME || MANUAL_NAME.test(blob.path));

/**
 * `<id> blob <size>\n<content>\n` for each id. The reach hands out text, so content that is not UTF-8 has lost its length:
 * then every blob is fetched alone, and the broken one comes back up to its first invalid byte, which reading refuses.
 */
async function fetchBatch(
  reach: Reach,
  root: string,
  batch: readonly Blob[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = batch.reduce((sum, blob) => sum + blob.bytes + 100, 0);
  const ids = batch.map((blob) => `${blob.id}\n`).join("");
  const out = Buffer.from(await must(reach, root, ["cat-file", "--batch"], ids, bytes * 3), "utf8");
  const contents = new Map<string, Uint8Array>();
  let at = 0;
  for (const blob of batch) {
    const header = `${blob.id} blob ${blob.bytes}\n`;
    const from = at + header.length;
    const broken = out.toString("latin1", at, from) !== header || out[from + blob.bytes] !== 10;
    if (broken && batch.length > 1) {
      for (const each of batch)
        for (const [id, content] of await fetchBatch(reach, root, [each])) contents.set(id, content);
      return contents;
    }
    contents.set(blob.id, broken ? brokenAt(out.subarray(from)) : out.subarray(from, from + blob.bytes));
    at = from + blob.bytes + 1;
  }
  return contents;
}

/** Content up to the first replacement character, with an invalid byte in its place. */
function brokenAt(out: Buffer): Uint8Array {
  const replaced = out.indexOf("\ufffd");
  return Buffer.concat([out.subarray(0, Math.max(replaced, 0)), Uint8Array.of(0xff)]);
}

/** Path that a relative link target leads to; a target out of the tree gives a path no tree has. */
function joined(from: string, target: string): string {
  const parts = target.startsWith("/") ? [".."] : from.split("/").slice(0, -1);
  for (const part of target.split("/"))
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}
