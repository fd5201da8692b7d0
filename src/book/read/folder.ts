import type { Dirent } from "node:fs";
import { readlink, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { WatchbookError } from "../../model/error.ts";
import type { Finding } from "../../model/finding.ts";
import { byPath, CONFIG_NAME, LIMITS } from "./manual-files.ts";
import type { Entry, Listing, ManualFiles } from "./manual-files.ts";
import { MANUAL_NAME } from "./select.ts";

// An import statement would load the module's streams as well, which a linter never opens.
const { lstatSync, readdirSync, readFileSync, statSync } = process.getBuiltinModule("node:fs");

/** The folder `root` with everything below it. */
export function folderFiles(root: string): ManualFiles {
  const top = resolve(root);
  return {
    root: top,
    list: async (ignored) => {
      const real = await realRoot(top);
      const walk = new Walk(real, ignored);
      await walk.folder("", 0);
      return { entries: walk.entries.sort(byPath), findings: walk.findings };
    },
    read: async (path) => readBounded(join(top, path), path),
    has: async (path) => (await stat(join(top, path)).catch(() => undefined)) !== undefined,
  };
}

/** Real path of a root; rejects with FILE-NOT-FOUND or BOOK-NOT-FOLDER. */
async function realRoot(root: string): Promise<string> {
  const real = await realpath(root).catch((cause: unknown) => {
    throw new WatchbookError("FILE-NOT-FOUND", { path: root }, { cause });
  });
  if (!(await stat(real)).isDirectory()) throw new WatchbookError("BOOK-NOT-FOLDER", { path: root });
  return real;
}

/**
 * Content of a file; undefined when absent. watchbook.yaml over the limit is refused here, manuals by their entry.
 * Synchronous, as the walk is: for many small files a third of the CPU time that promises cost.
 */
export function readBounded(absolute: string, path: string): Uint8Array | undefined {
  try {
    if (path === CONFIG_NAME && statSync(absolute).size > LIMITS.fileBytes)
      throw new WatchbookError("BOOK-FILE-TOO-LARGE", { path, limit: LIMITS.fileBytes });
    return readFileSync(absolute);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (error instanceof WatchbookError || !codeOf(error)) throw error;
    throw new WatchbookError("BOOK-FILE-UNREADABLE", { path, reason: codeOf(error)! }, { cause: error });
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** One walk over a tree, depth first, counting what it sees. */
class Walk {
  readonly entries: Entry[] = [];
  readonly findings: Finding[] = [];
  readonly #root: string;
  readonly #ignored: (path: string) => boolean;
  readonly #perFolder = new Map<string, number>();
  #seen = 0;

  constructor(root: string, ignored: (path: string) => boolean) {
    this.#root = root;
    this.#ignored = ignored;
  }

  async folder(path: string, depth: number): Promise<void> {
    const children = this.#children(path);
    if (!children) return;
    this.#count(path, children.length);
    for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = path === "" ? child.name : `${path}/${child.name}`;
      if (this.#ignored(child.isDirectory() ? `${below}/` : below)) continue;
      if (child.isDirectory()) {
        if (depth >= LIMITS.depth) this.#refuse(below, "WB006", { path: below, reason: "ENAMETOOLONG" });
        else await this.folder(below, depth + 1);
      } else if (child.isSymbolicLink()) await this.#link(below);
      else if (child.isFile()) this.entries.push({ path: below, bytes: this.#bytes(below) });
    }
  }

  #children(path: string): Dirent[] | undefined {
    try {
      return readdirSync(join(this.#root, path), { withFileTypes: true });
    } catch (error) {
      this.#refuse(path, "WB006", { path: path === "" ? "." : path, reason: codeOf(error) ?? String(error) });
      return undefined;
    }
  }

  /** Only manuals need their size; asking for every file of a source tree would double the cost of the walk. */
  #bytes(path: string): number {
    return MANUAL_NAME.test(path) ? lstatSync(join(this.#root, path)).size : 0;
  }

  #count(path: string, children: number): void {
    const top = path.split("/")[0] || ".";
    this.#seen += children;
    this.#perFolder.set(top, (this.#perFolder.get(top) ?? 0) + children);
    if (this.#seen < LIMITS.entries) return;
    const [folder, files] = [...this.#perFolder].sort((a, b) => b[1] - a[1])[0]!;
    throw new WatchbookError("BOOK-TOO-MANY-FILES", { path: this.#root, limit: LIMITS.entries, folder, files });
  }

  async #link(path: string): Promise<void> {
    const absolute = join(this.#root, path);
    let real: string;
    try {
      real = await realpath(absolute);
    } catch (error) {
      if (codeOf(error) === "ELOOP") this.#refuse(path, "WB005", { path });
      else if (MANUAL_NAME.test(path)) this.#refuse(path, "WB006", { path, reason: codeOf(error) ?? String(error) });
      return;
    }
    const inside = relative(this.#root, real);
    const folder = (await stat(real)).isDirectory();
    if (inside === ".." || inside.startsWith(`..${sep}`)) {
      if (folder || MANUAL_NAME.test(path))
        this.#refuse(path, "WB004", { path, target: await readlink(absolute) }, folder ? "warn" : "error");
    } else if (folder && (inside === "" || `${path}/`.startsWith(`${inside}/`))) this.#refuse(path, "WB005", { path });
    else if (!folder) this.entries.push({ path, bytes: 0, alias: true });
  }

  #refuse(path: string, code: Finding["code"], args: Finding["args"], level: Finding["level"] = "error"): void {
    this.findings.push({ code, level, source: { file: path, line: 1 }, args });
  }
}

export type { Listing };
