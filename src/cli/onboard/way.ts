import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Onboarding } from "../../model/onboarding.ts";

/** One document on the way, and whether the person has read what stands there now. */
export interface Stage {
  readonly title: string;
  /** Path below the book's root. */
  readonly file: string;
  readonly lines: number;
  readonly digest: string;
  /** changed: it was read, and is another now. */
  readonly state: "read" | "changed" | "unread";
}

/** Where a link of the reading order leads; undefined: out of the book, or to nothing, which lint says. */
function fileOf(root: string, from: string, link: string): string | undefined {
  const path = link.replace(/#.*$/, "");
  const near = normalize(join(dirname(from), path));
  return [near, normalize(path)].find(
    (each) => !each.startsWith("..") && existsSync(join(root, each)) && statSync(join(root, each)).isFile(),
  );
}

/** The documents of the manual's reading order, each once. Throws ONBOARD-NO-ORDER where it has none. */
export function wayThrough(
  root: string,
  { readingOrder }: Pick<Book, "readingOrder">,
  { read }: Onboarding,
): readonly Stage[] {
  const known = new Map(read.map(({ file, digest }) => [file, digest]));
  const stages = readingOrder.flatMap(({ title, files, source }) =>
    files.flatMap((link): readonly Stage[] => {
      const file = fileOf(root, source.file, link);
      if (file === undefined) return [];
      const text = readFileSync(join(root, file), "utf8");
      const digest = `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
      const before = known.get(file);
      const state = before === undefined ? "unread" : before === digest ? "read" : "changed";
      return [{ title, file, lines: text.split("\n").length - 1, digest, state }];
    }),
  );
  if (stages.length === 0) throw new WatchbookError("ONBOARD-NO-ORDER");
  return [...new Map(stages.toReversed().map((stage) => [stage.file, stage])).values()].toReversed();
}
