import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Lang } from "../../model/lang.ts";
import { makeFolder } from "../../store/folder.ts";

export const TEMPLATES = ["plain", "systemd", "compose", "k8s"] as const;
export type Template = (typeof TEMPLATES)[number];

/** What a template's `{{name}}` places are filled with. */
export interface Answers {
  readonly title: string;
  readonly service: string;
  readonly owner: string;
  readonly zone: string;
  /** `2026-11-20` */
  readonly date: string;
}

/** A `{{name}}` that nobody knows is our bug. In YAML a place that is a whole value is quoted. */
function fill(path: string, text: string, answers: Answers): string {
  const known = answers as unknown as Readonly<Record<string, string>>;
  const value = (name: string): string => {
    const found = known[name];
    if (found === undefined) throw new Error(`template place {{${name}}} in ${path}`);
    return found;
  };
  const quoted = path.endsWith(".yaml")
    ? text.replace(/(?<=: )\{\{(\w+)\}\}$/gm, (_, name: string) => JSON.stringify(value(name)))
    : text;
  return quoted.replace(/\{\{(\w+)\}\}/g, (_, name: string) => value(name));
}

/** Files of a template by their path in the book, filled in: what all templates share, then the template's own. */
export async function templateFiles(
  home: string,
  template: Template,
  lang: Lang,
  answers: Answers,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([[".gitignore", ".watchbook/\n"]]);
  for (const folder of ["common", template]) {
    const root = join(home, "examples", "templates", folder, lang);
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = relative(root, join(entry.parentPath, entry.name));
      files.set(path, fill(path, await readFile(join(root, path), "utf8"), answers));
    }
  }
  return files;
}

/**
 * Writes files that must not exist yet, all or none: what the disk refuses, or a name that is taken by now, removes what
 * was made until then, folders too. Gives their paths, sorted.
 */
export async function writeFiles(dir: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const made: string[] = [];
  try {
    for (const [path, text] of files) {
      made.push(...lacking(dirname(join(dir, path))));
      makeFolder(dirname(join(dir, path)));
      const file = await open(join(dir, path), "wx");
      made.push(join(dir, path));
      try {
        await file.writeFile(text);
        // A disk may take a file's name and first bytes and refuse the rest at the end only.
        await file.sync();
      } finally {
        await file.close();
      }
    }
  } catch (error) {
    for (const path of made.toReversed()) remove(path);
    throw error;
  }
  return [...files.keys()].toSorted();
}

/** Folders that are not there yet, from the outermost inwards. */
function lacking(folder: string): readonly string[] {
  const found: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) found.unshift(path);
  return found;
}

/** Removes what was made here: a file, or a folder that nobody put anything else into. */
function remove(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) rmSync(path);
  else if (readdirSync(path).length === 0) rmdirSync(path);
}
