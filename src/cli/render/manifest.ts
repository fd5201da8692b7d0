import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { WatchbookError } from "../../model/error.ts";
import type { RenderedFile } from "../../model/renderer.ts";
import { written } from "../disk.ts";

/** What lies in a folder of deliverables because watchbook wrote it. */
export const MANIFEST = "deliverables.json";

const shape = z.object({
  version: z.literal(1),
  files: z.record(z.string(), z.object({ kind: z.string(), sha256: z.string(), digest: z.string() })),
});
export type Manifest = z.output<typeof shape>;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Text of a file, undefined where there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw code === undefined
      ? error
      : new WatchbookError("RENDER-UNREADABLE", { path, detail: code }, { cause: error });
  }
}

/** The manifest of a folder; an empty one where there is none. RENDER-MANIFEST for one that is not ours. */
export async function manifestOf(folder: string): Promise<Manifest> {
  const text = await textOf(join(folder, MANIFEST));
  if (text === undefined) return { version: 1, files: {} };
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new WatchbookError("RENDER-MANIFEST", { path: join(folder, MANIFEST) }, { cause: error });
  }
}

/** Below the folder, by its name and where links lead. */
async function placeOf(folder: string, path: string): Promise<string> {
  const place = resolve(folder, path);
  const inside = (from: string, to: string): boolean => !relative(from, to).startsWith("..");
  if (!inside(folder, place)) throw new Error(`a renderer names ${path}`);
  await written(place, () => mkdir(dirname(place), { recursive: true }));
  if (!inside(await realpath(folder), await realpath(dirname(place))))
    throw new WatchbookError("RENDER-OUTSIDE", { path: place });
  return place;
}

async function put(folder: string, path: string, text: string): Promise<void> {
  const place = await placeOf(folder, path);
  const fresh = `${place}.${randomUUID().slice(0, 8)}.new`;
  try {
    await written(place, () => writeFile(fresh, text, { flag: "wx" }));
    await written(place, () => rename(fresh, place));
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** Files that somebody else wrote, or changed since: they are not overwritten unasked. */
export async function foreign(
  folder: string,
  paths: readonly string[],
  { files }: Manifest,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const text = await textOf(join(folder, path));
    if (text !== undefined && files[path]?.sha256 !== sha256(text)) found.push(path);
  }
  return found;
}

export interface Kept extends Pick<RenderedFile, "path" | "text"> {
  readonly kind: string;
}

/** What is left of earlier renderings of these kinds and is rendered no more. */
export const orphans = ({ files }: Manifest, kinds: ReadonlySet<string>, now: readonly Kept[]): readonly string[] =>
  Object.entries(files).flatMap(([path, { kind }]) =>
    kinds.has(kind) && !now.some((one) => one.path === path) ? [path] : [],
  );

/** Writes the files, takes away the orphans, and says so in the manifest, last. */
export async function deliver(
  folder: string,
  files: readonly Kept[],
  gone: readonly string[],
  before: Manifest,
  digest: string,
): Promise<void> {
  await written(folder, () => mkdir(folder, { recursive: true }));
  for (const { path, text } of files) await put(folder, path, text);
  for (const path of gone) {
    const place = await placeOf(folder, path);
    await written(place, () => rm(place, { force: true }));
  }
  const kept = Object.entries(before.files).filter(([path]) => !gone.includes(path));
  const fresh = files.map(({ path, text, kind }) => [path, { kind, sha256: sha256(text), digest }] as const);
  const all = Object.fromEntries([...kept, ...fresh].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await put(folder, MANIFEST, `${JSON.stringify({ version: 1, files: all }, null, 2)}\n`);
}
