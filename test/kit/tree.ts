import type { ManualFiles } from "../../src/book/read/manual-files.ts";

const asFolder = (parts: readonly string[], index: number): string =>
  parts.slice(0, index + 1).join("/") + (index < parts.length - 1 ? "/" : "");

/** A tree of files in memory, as a book is compiled from. */
export function treeOf(files: Readonly<Record<string, string>>): ManualFiles {
  const encoder = new TextEncoder();
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  const paths = [...contents.keys()].sort();
  return {
    root: "/book",
    list: (ignored) =>
      Promise.resolve({
        entries: paths
          .filter((path) => !path.split("/").some((_, index, parts) => ignored(asFolder(parts, index))))
          .map((path) => ({ path, bytes: contents.get(path)!.length })),
        findings: [],
      }),
    read: (path) => Promise.resolve(contents.get(path)),
    has: (path) => Promise.resolve(paths.some((each) => each === path || each.startsWith(`${path}/`))),
  };
}
