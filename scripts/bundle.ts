// The program in a few files, dist/: as it is packed, and as the launcher starts it. Most of the time of a start would else
// go into finding a thousand modules one by one. Beside it the console. `node scripts/bundle.ts [--console]`
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { rolldown, type OutputChunk, type Plugin } from "rolldown";
import { buildConsole } from "./console.ts";
import { licences } from "./licences.ts";
import { oneByte } from "./one-byte.ts";

const home = join(import.meta.dirname, "..");
/** What is started by itself, each under the name by which `new URL("./NAME.js", import.meta.url)` finds it. */
const input = {
  main: join(home, "src", "main.ts"),
  worker: join(home, "src", "store", "worker.ts"),
  writers: join(home, "src", "kinds", "load", "writers.ts"),
};
/** Optional, or loaded by few and with many files of their own. */
const external = [/^node:(?!https?$)/, /^ssh2$/, /^@kubernetes\//, /^@secretlint\//];

const VIRTUAL = "\0lean:";
/**
 * An import of node:http as a module reads all of its exports, some of which load a whole fetch: a fifth of a start. Only what
 * is there without that is given on.
 */
const leanHttp: Plugin = {
  name: "lean-http",
  resolveId: (id) => (/^node:https?$/.test(id) ? VIRTUAL + id : undefined),
  load(id) {
    if (!id.startsWith(VIRTUAL)) return undefined;
    const name = id.slice(VIRTUAL.length);
    const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(name) as object));
    const names = properties.filter(([, property]) => property.get === undefined).map(([own]) => own);
    const module = `process.getBuiltinModule(${JSON.stringify(name)})`;
    return `export default ${module};\nexport const { ${names.join(", ")} } = ${module};\n`;
  },
};

/** zod's own sentences in sixty languages hang on its namespace; ours are in i18n. */
const fewLocales: Plugin = {
  name: "few-locales",
  load: (id) => (id.endsWith("/zod/v4/locales/index.js") ? "export {};\n" : undefined),
};

const dist = join(home, "dist");
const made = join(home, `dist.${process.pid}`);
const say = (what: string, count: number): void =>
  void process.stderr.write(`${relative(process.cwd(), what)}: ${count} files\n`);

/** Into `made`; the old one is there until the new one is whole. */
async function program(): Promise<void> {
  const bundle = await rolldown({
    input,
    external,
    platform: "node",
    cwd: home,
    plugins: [leanHttp, fewLocales],
  });
  const { output } = await bundle.write({
    dir: made,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await bundle.close();
  const chunks = output.filter((one): one is OutputChunk => one.type === "chunk");
  for (const { fileName, code } of chunks) writeFileSync(join(made, fileName), oneByte(code));
  writeFileSync(join(made, "LICENCES.md"), licences(chunks.flatMap((one) => one.moduleIds)));
  const files = await buildConsole(join(made, "console"));
  rmSync(dist, { recursive: true, force: true });
  renameSync(made, dist);
  say(dist, chunks.length);
  say(join(dist, "console"), files);
}

/** The console alone, beside a program that stays. */
async function consoleAlone(): Promise<void> {
  const files = await buildConsole(made);
  rmSync(join(dist, "console"), { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  renameSync(made, join(dist, "console"));
  say(join(dist, "console"), files);
}

try {
  await (process.argv.includes("--console") ? consoleAlone() : program());
} finally {
  rmSync(made, { recursive: true, force: true });
}
