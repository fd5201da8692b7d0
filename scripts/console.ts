import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { licences } from "./licences.ts";

const CONFIG = join(import.meta.dirname, "..", "console", "vite.config.ts");
const TEXT = new Set([".js", ".css", ".svg"]);
/** Smaller files gain nothing. */
const LEAST = 1_000;

/** Builds the console into a folder, each file also compressed; answers how many files there are. */
export async function buildConsole(folder: string): Promise<number> {
  const made = await build({ configFile: CONFIG, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  const { output } = made as Rolldown.RolldownOutput;
  const modules = output.flatMap((one) => (one.type === "chunk" ? one.moduleIds : []));
  writeFileSync(
    join(folder, "LICENCES.md"),
    licences([...modules, join(import.meta.dirname, "..", "node_modules", "tailwindcss", "index.css")]),
  );
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const plain = readFileSync(path);
    if (!TEXT.has(extname(name)) || plain.length < LEAST) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    writeFileSync(`${path}.br`, brotliCompressSync(plain, { params }));
    writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
  }
  return files.length;
}
