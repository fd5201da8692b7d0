import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { Book } from "../../model/book.ts";
import type { PlanFile, PlanStep } from "../../model/plan.ts";
import type { Registry } from "../../model/registry.ts";
import type { Draft } from "./draft.ts";
import type { MissingList } from "./missing.ts";

/** Options whose value is written, not read: a report made yesterday is no part of the plan. */
const WRITES = /^-{1,2}(?:o|out|output|report|log|result|evidence|save|dest)/i;
/** Manuals and results are read by people and by watchbook. */
const TEXT = /\.(?:md|markdown|env|log)$/i;

/**
 * Files of the book that steps send or run, bound by their content: those that their kinds name, and files of the tree
 * among the words of commands. A file that is not there, or lies outside of the book, is missing.
 */
export async function filesOf(
  open: { readonly book: Book; readonly root: string },
  registry: Registry,
  steps: readonly PlanStep[],
  drafts: readonly Draft[],
  missing: MissingList,
): Promise<readonly PlanFile[]> {
  const paths = new Map<string, string | undefined>();
  for (const draft of drafts) for (const path of mentioned(draft, new Set(open.book.files))) paths.set(path, undefined);
  for (const step of steps) {
    const kind = registry.steps.get(step.kind);
    const params = kind?.files && kind.params.safeParse(step.params);
    if (params?.success) for (const path of kind!.files!(params.data)) paths.set(path, step.id);
  }
  const files: PlanFile[] = [];
  for (const path of [...paths.keys()].toSorted()) {
    const sha256 = await hashOf(open.root, path);
    const step = paths.get(path);
    if (sha256 !== undefined) files.push({ path, sha256 });
    else missing.add("file", { file: path }, step === undefined ? {} : { step });
  }
  return files;
}

/** Words of a step's commands that are files of the tree, as seen from the book's root. */
function mentioned(draft: Draft, known: ReadonlySet<string>): readonly string[] {
  if (known.size === 0) return [];
  return draft.commands.flatMap(({ text }) => {
    const words = text.split(/[\s"'=;|&()<]+/);
    return words.flatMap((word, index) => {
      const path = word.replace(/^\.\//, "");
      const before = words[index - 1] ?? "";
      return known.has(path) && !TEXT.test(path) && !WRITES.test(before) && !before.endsWith(">") ? [path] : [];
    });
  });
}

/** SHA-256 of a file of the book; undefined when there is none, or when it lies elsewhere. */
async function hashOf(root: string, path: string): Promise<string | undefined> {
  try {
    const base = await realpath(root);
    const file = await realpath(resolve(base, path));
    if (!file.startsWith(base + sep)) return undefined;
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES" || code === "EISDIR" || code === "ELOOP")
      return undefined;
    throw error;
  }
}
