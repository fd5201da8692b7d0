import { lstat, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { WatchbookError } from "../../model/error.ts";
import { folderFiles, readBounded } from "./folder.ts";
import { byPath } from "./manual-files.ts";
import type { Entry, ManualFiles } from "./manual-files.ts";
import { MANUAL_NAME } from "./select.ts";

/**
 * Named paths: one folder is that folder; one file, or several files and folders, are exactly these manuals, with `root`
 * (default: the folder that holds them all) as the tree that links may point into. `.txt` may be named.
 * Rejects with FILE-NOT-FOUND, or BOOK-NOT-MARKDOWN for a file of another kind.
 */
export async function namedFiles(paths: readonly string[], root?: string): Promise<ManualFiles> {
  const absolute = paths.map((path) => resolve(path));
  const kinds = await Promise.all(absolute.map(kindOf));
  if (absolute.length === 1 && kinds[0] === "folder" && (root === undefined || resolve(root) === absolute[0]))
    return folderFiles(absolute[0]!);
  const top = root === undefined ? commonFolder(absolute, kinds) : resolve(root);
  for (const path of absolute)
    if (!isInside(top, path)) throw new WatchbookError("BOOK-PATH-OUTSIDE", { path, root: top });
  return {
    root: top,
    read: async (path) => readBounded(join(top, path), path),
    has: (path) => folderFiles(top).has(path),
    list: async (ignored) => {
      const entries = new Map<string, Entry>();
      const named = new Set<string>();
      const findings = [];
      for (const [index, path] of absolute.entries()) {
        const inside = relative(top, path).split(sep).join("/");
        if (kinds[index] === "file") {
          const link = (await lstat(path)).isSymbolicLink();
          if (link && !isInside(await realpath(top), await realpath(path)))
            findings.push({
              code: "WB004",
              level: "error",
              source: { file: inside, line: 1 },
              args: { path: inside, target: await realpath(path) },
            } as const);
          else entries.set(inside, { path: inside, bytes: (await stat(path)).size });
          named.add(inside);
          continue;
        }
        const below = await folderFiles(path).list((each) => ignored(inside === "" ? each : `${inside}/${each}`));
        const prefix = inside === "" ? "" : `${inside}/`;
        for (const finding of below.findings)
          findings.push({ ...finding, source: { ...finding.source, file: prefix + finding.source.file } });
        for (const entry of below.entries) {
          entries.set(prefix + entry.path, { ...entry, path: prefix + entry.path });
          if (/\.(?:md|markdown)$/i.test(entry.path) && !entry.alias) named.add(prefix + entry.path);
        }
      }
      return { entries: [...entries.values()].sort(byPath), named, findings };
    },
  };
}

async function kindOf(path: string): Promise<"file" | "folder"> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new WatchbookError("FILE-NOT-FOUND", { path }, { cause });
  });
  if (found.isDirectory()) return "folder";
  if (!MANUAL_NAME.test(path)) throw new WatchbookError("BOOK-NOT-MARKDOWN", { path });
  return "file";
}

const isInside = (root: string, path: string): boolean => {
  const inside = relative(root, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
};

function commonFolder(paths: readonly string[], kinds: readonly ("file" | "folder")[]): string {
  let common = kinds[0] === "folder" ? paths[0]! : dirname(paths[0]!);
  for (const path of paths) while (!isInside(common, path)) common = dirname(common);
  return common;
}
