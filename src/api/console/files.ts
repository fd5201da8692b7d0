import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

/** One file as it is sent: plain, and as it was compressed when the console was built. */
export interface ConsoleFile {
  readonly type: string;
  readonly plain: Buffer<ArrayBuffer>;
  readonly br?: Buffer<ArrayBuffer>;
  readonly gzip?: Buffer<ArrayBuffer>;
  /** Its name has a digest: whatever stands under it never changes. */
  readonly hashed: boolean;
  readonly etag: string;
}

/** Address → file. Only what was there when it was read is ever served: no address is joined to a path. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};
const PACKED = new Set([".br", ".gz"]);

/** Whether a console was built there. */
export const isConsole = (folder: string): boolean => existsSync(join(folder, "index.html"));

/** Reads all files of a built console, some megabytes, so that a new one in its place does not mix with it. */
export async function readConsole(folder: string): Promise<ConsoleFiles> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const known = new Set(paths);
  const packed = async (path: string): Promise<Buffer<ArrayBuffer> | undefined> =>
    known.has(path) ? await readFile(path) : undefined;
  const one = async (path: string): Promise<readonly [string, ConsoleFile]> => {
    const [plain, br, gzip] = await Promise.all([readFile(path), packed(`${path}.br`), packed(`${path}.gz`)]);
    const name = relative(folder, path).split(sep).join("/");
    const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    return [
      `/${name}`,
      { type, plain, ...(br && { br }), ...(gzip && { gzip }), hashed: name.startsWith("assets/"), etag },
    ];
  };
  return new Map(await Promise.all(paths.filter((path) => !PACKED.has(extname(path))).map(one)));
}
