import { constants } from "node:fs";
import { access, cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { WatchbookError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { isOwned, own } from "../../store/ownership.ts";
import type { World } from "../verb.ts";
import { must, type Tool } from "./tool.ts";

/** The example that needs nothing but Node. */
export const USUAL = "silktalk";

const there = (path: string, mode = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** Examples that can be started: they have a stack and a book. */
async function known(home: string): Promise<readonly string[]> {
  const names = await readdir(join(home, "examples"));
  const runnable = await Promise.all(names.map((name) => there(join(home, "examples", name, "src", "stack.ts"))));
  return names.filter((_, index) => runnable[index]).toSorted();
}

/** Folder of the example as it came with watchbook. Throws DEMO-UNKNOWN. */
export async function findExample(home: string, name: string): Promise<string> {
  const names = await known(home);
  if (names.includes(name)) return join(home, "examples", name);
  throw new WatchbookError("DEMO-UNKNOWN", { name, near: nearest(name, names) ?? names[0] ?? "", names });
}

/** What there is to try, as its package.json says it: `bin/…` of the work directory, `wb …` about its book. */
export async function offered(example: string): Promise<readonly string[]> {
  const { watchbook } = JSON.parse(await readFile(join(example, "package.json"), "utf8")) as {
    readonly watchbook?: { readonly try?: readonly string[] };
  };
  return watchbook?.try ?? [];
}

/**
 * Folder from which the example runs: where it is in a checkout, a copy in the work directory when it lies inside
 * node_modules (Node runs no TypeScript there) or cannot be written to.
 */
export async function placeExample(example: string, dir: string): Promise<string> {
  const inPackage = example.split(sep).includes("node_modules");
  if (!inPackage && (await there(example, constants.W_OK))) return example;
  const copy = join(dir, "example");
  const skipped = join(example, "node_modules");
  await cp(example, copy, { recursive: true, filter: (path) => path !== skipped });
  return copy;
}

/** A copy of the lock file that the installed packages are of. */
const markOf = (example: string): string => join(example, "node_modules", ".wb-installed");

/** True when the packages of the lock file are there, or it needs none. */
export async function isInstalled(example: string): Promise<boolean> {
  if (!(await there(join(example, "package-lock.json")))) return true;
  if (!(await there(markOf(example)))) return false;
  return (await readFile(markOf(example), "utf8")) === (await readFile(join(example, "package-lock.json"), "utf8"));
}

/**
 * Installs the example's own packages from its lock file, without running scripts of theirs. Two that want to install at
 * once do it one after the other; the second finds it done. `onProgress` hears how many packages lie there, of all.
 */
export async function install(
  example: string,
  tool: Tool,
  world: Pick<World, "clock" | "signal">,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  await using _ = await turn(join(example, ".watchbook", "install"), world);
  if (await isInstalled(example)) return;
  using __ = counting(example, world, onProgress);
  const argv = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = {
    cwd: example,
    timeoutMs: 900_000,
    signal: world.signal,
    env: { npm_config_update_notifier: "false" },
  };
  await must(tool(argv, options), "DEMO-INSTALL", { example }, world.signal);
  await writeFile(markOf(example), await readFile(join(example, "package-lock.json"), "utf8"));
}

/** Waits until nobody else holds the folder. */
async function turn(folder: string, { clock, signal }: Pick<World, "clock" | "signal">): Promise<AsyncDisposable> {
  for (;;) {
    const mine = await own(folder, { socket: null }, clock);
    if (!isOwned(mine)) return mine;
    await clock.sleep(200, signal);
  }
}

/** Counts the lock file's packages as they appear, until disposed of: npm says nothing while it works. */
function counting(
  example: string,
  { clock, signal }: Pick<World, "clock" | "signal">,
  onProgress: (done: number, total: number) => void,
): Disposable {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const count = async (): Promise<void> => {
    const lock = JSON.parse(await readFile(join(example, "package-lock.json"), "utf8")) as { packages: object };
    const folders = Object.keys(lock.packages).filter((folder) => folder !== "");
    while (!until.aborted) {
      const found = await Promise.all(folders.map((folder) => there(join(example, folder, "package.json"))));
      if (!until.aborted) onProgress(found.filter(Boolean).length, folders.length);
      await clock.sleep(300, until);
    }
  };
  void count().catch((error: unknown) => {
    // The end of its last sleep is no error.
    if (!until.aborted) throw error;
  });
  return { [Symbol.dispose]: () => over.abort() };
}
