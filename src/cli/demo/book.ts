import { cp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Lang } from "../../model/lang.ts";
import type { StackNode } from "./stack.ts";
import { must, type Tool } from "./tool.ts";

/** What the book folder gains while it is used: none of it is the manual. */
const MADE = new Set([".git", ".watchbook", "5-reports"]);

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );

/** Numbers of a text replaced in one pass, so that 4001 → 4002 and 4002 → 4003 do not meet. */
export const renumber = (text: string, numbers: ReadonlyMap<number, number>): string =>
  text.replace(/(?<![\w.])\d{4,5}(?![\w.])/g, (word) => String(numbers.get(Number(word)) ?? word));

/** Ports in the order of the nodes: message port, health port. */
const portsOf = (nodes: readonly StackNode[]): readonly number[] =>
  nodes.flatMap((node) => [node.port, node.healthPort]);

/** Writes other ports into the manual and its data; gives the files that changed, relative to the root. */
async function rewrite(root: string, numbers: ReadonlyMap<number, number>): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !/\.(?:md|yaml)$/.test(path) || MADE.has(path.split(sep)[0]!)) continue;
    const text = await readFile(join(root, path), "utf8");
    const renumbered = renumber(text, numbers);
    if (renumbered === text) continue;
    await writeFile(join(root, path), renumbered);
    changed.push(path);
  }
  return changed;
}

/** Words of a book's data that mean this machine, by what its author wrote: the stack may know more than the folder. */
async function placeWords(example: string, dir: string): Promise<ReadonlyMap<string, string>> {
  const own = JSON.parse(await readFile(join(example, "package.json"), "utf8")) as { readonly name: string };
  const more = join(dir, "place.json");
  const known = (await exists(more)) ? (JSON.parse(await readFile(more, "utf8")) as Record<string, string>) : {};
  // The longer one first: one may be the beginning of another.
  const all = Object.entries({ ...known, [own.name.replace(/^.*-/, "/srv/")]: dir });
  return new Map(all.toSorted(([one], [other]) => other.length - one.length));
}

/** The folders that an example's data names, `/srv/NAME`, become those in which it really lies. */
async function settle(root: string, words: ReadonlyMap<string, string>): Promise<void> {
  const path = join(root, "watchbook.yaml");
  let text = await readFile(path, "utf8");
  // They stand between double quotes in YAML.
  for (const [from, to] of words) text = text.replaceAll(from, () => JSON.stringify(to).slice(1, -1));
  await writeFile(path, text);
}

/** Commits these files; what its reader has changed elsewhere stays as it is. False when this machine has no git. */
async function commit(tool: Tool, root: string, files: readonly string[], message: string): Promise<boolean> {
  const git = (...words: string[]): ReturnType<Tool> => {
    const fixed = ["user.name=watchbook demo", "user.email=demo@watchbook.invalid", "commit.gpgsign=false"];
    const config = [...fixed, "core.hooksPath=/dev/null"].flatMap((pair) => ["-c", pair]);
    return tool(["git", ...config, ...words], { cwd: root });
  };
  if ((await git("--version")).end.kind === "spawn") return false;
  if (!(await exists(join(root, ".git"))))
    await must(git("init", "--quiet", "--initial-branch=main"), "DEMO-GIT", { root });
  await must(git("add", "--", ...files), "DEMO-GIT", { root });
  await must(git("commit", "--quiet", `--message=${message}`, "--", ...files), "DEMO-GIT", { root });
  return true;
}

/**
 * The example's book in the work directory, as a git repository: the copy tells the ports that really are in use. A copy
 * that is there already is kept with everything its reader changed; only ports are written anew. `committed` is false
 * when this machine has no git.
 */
export async function placeBook(
  example: string,
  dir: string,
  lang: Lang,
  nodes: readonly StackNode[],
  tool: Tool,
): Promise<{ readonly root: string; readonly committed: boolean }> {
  const name = lang === "zh" ? "book" : "book-en";
  const root = join(dir, name);
  const memory = join(dir, `${name}.ports.json`);
  const fresh = !(await exists(memory));
  if (fresh) {
    await cp(join(example, name), root, { recursive: true });
    await settle(root, await placeWords(example, dir));
    await writeFile(join(root, ".gitignore"), ".watchbook/\n");
  }
  const ports = fresh ? join(example, "ports.json") : memory;
  const before = JSON.parse(await readFile(ports, "utf8")) as readonly number[];
  const after = portsOf(nodes);
  const changed = await rewrite(root, new Map(before.map((port, index) => [port, after[index] ?? port])));
  const files = fresh ? ["."] : changed;
  const message = fresh ? "The manual" : "Ports in use now";
  const committed = files.length === 0 || (await commit(tool, root, files, message));
  await writeFile(memory, `${JSON.stringify(after)}\n`);
  return { root, committed };
}
