import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { StepContext } from "../../../model/step.ts";
import { refused } from "../ending/ended.ts";

/** A larger file is no part of a manual, bytes. */
const MOST = 16 * 1_048_576;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

async function bytesOf(root: string, path: string): Promise<Uint8Array> {
  const real = await realpath(join(root, path)).catch((error: unknown) => {
    throw refused("book-file-unreadable", { path, detail: codeOf(error) });
  });
  if (!real.startsWith((await realpath(root)) + sep)) throw refused("book-file-outside", { path });
  const { size } = await stat(real);
  if (size > MOST) throw refused("book-file-large", { path, bytes: size });
  return readFile(real).catch((error: unknown) => {
    throw refused("book-file-unreadable", { path, detail: codeOf(error) });
  });
}

/**
 * Content of a file of the book, as the plan bound it. Throws Ended: book-file-unbound when the plan does not name it,
 * book-file-changed when it is another than was planned.
 */
export async function bookFile({ root, plan }: Pick<StepContext, "root" | "plan">, path: string): Promise<Uint8Array> {
  const bound = plan.files.find((file) => file.path === path);
  if (!bound) throw refused("book-file-unbound", { path });
  const bytes = await bytesOf(root, path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== bound.sha256.replace(/^sha256:/, "")) throw refused("book-file-changed", { path });
  return bytes;
}
