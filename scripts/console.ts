import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { licences } from "./licences.ts";

const CONFIG = join(import.meta.dirname, "..", "console", "vite.config.ts");
const TEXT = new Set([".js", ".css", ".svg"]);
/** Smaller files gain nothing. */
const LEAST = 1_000;

const MODULE = /^ *<script type="module" crossorigin src="([^"]+)"><\/script>\n/gm;
const SHEET = /^ *<link rel="stylesheet" crossorigin href="[^"]+">\n/gm;
const BOOT = '<script src="/boot.js"></script>';
const ROOT = /(<div id="root">[^]*?<\/div>\n)/;

/** As it is read by a browser: without what is said to people. */
const bare = (text: string): string => text.replaceAll(/^ *\/\/.*\n/gm, "").trim();

/**
 * The page as it is served: what its first frame needs stands in it, so that nothing is asked for before it is painted. Its
 * scripts are fetched at once and begun by boot.js after that frame, its style sheet stands below what is painted first.
 * The server lets through what stands in the page by its digest.
 */
function madeOf(index: string, first: string, boot: string): string {
  // They are executed in this order: the last one is what begins.
  const main = [...index.matchAll(MODULE)].at(-1)?.[1];
  const sheets = [...index.matchAll(SHEET)].map(([line]) => line);
  if (main === undefined || sheets.length === 0 || !index.includes(BOOT) || !ROOT.test(index))
    throw new Error("index.html is not as Vite made it");
  const preload = index.replaceAll(MODULE, '    <link rel="modulepreload" crossorigin href="$1" />\n');
  const head = `<style>\n${bare(first)}\n</style>\n    <script data-main="${main}">\n${bare(boot)}\n</script>`;
  return preload
    .replaceAll(SHEET, "")
    .replace(ROOT, (root) => root + sheets.join(""))
    .replace(BOOT, () => head);
}

/** Builds the console into a folder, each file also compressed; answers how many files there are. */
export async function buildConsole(folder: string): Promise<number> {
  const made = await build({ configFile: CONFIG, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  const { output } = made as Rolldown.RolldownOutput;
  const index = join(folder, "index.html");
  const [first, boot] = [join(dirname(CONFIG), "first.css"), join(folder, "boot.js")];
  writeFileSync(
    index,
    madeOf(...([index, first, boot].map((path) => readFileSync(path, "utf8")) as [string, string, string])),
  );
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
