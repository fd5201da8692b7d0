// The program in a few files, dist/: as it is packed, and as the launcher starts it. Most of the time of a start would else
// go into finding a thousand modules one by one. `node scripts/bundle.ts`
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown, type OutputChunk, type Plugin } from "rolldown";

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

/** Folder of the package that a module belongs to; undefined: our own. */
function packageOf(module: string): string | undefined {
  if (!module.includes("/node_modules/")) return undefined;
  let at = dirname(module);
  while (!existsSync(join(at, "package.json")) || !("version" in manifest(at))) at = dirname(at);
  return at;
}
const manifest = (at: string): Record<string, string> =>
  JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as Record<string, string>;

/** Licences of what is inside, as each of them asks for. */
function licences(modules: readonly string[]): string {
  const packages = new Set(modules.flatMap((module) => packageOf(module) ?? []));
  return [...packages]
    .toSorted()
    .map((at) => {
      const { name, version, license } = manifest(at);
      const file = ["LICENSE", "LICENSE.md", "LICENCE", "license", "LICENSE.txt"].find((one) =>
        existsSync(join(at, one)),
      );
      const text = file === undefined ? "" : readFileSync(join(at, file), "utf8").trim();
      return `## ${name} ${version} (${license})\n\n${text}\n`;
    })
    .join("\n");
}

const made = join(home, `dist.${process.pid}`);
try {
  const bundle = await rolldown({ input, external, platform: "node", cwd: home, plugins: [leanHttp] });
  const { output } = await bundle.write({
    dir: made,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
  });
  await bundle.close();
  const chunks = output.filter((one): one is OutputChunk => one.type === "chunk");
  writeFileSync(
    join(made, "LICENCES.md"),
    licences(chunks.flatMap((one) => one.moduleIds.filter((id) => existsSync(id)).map((id) => realpathSync(id)))),
  );
  rmSync(join(home, "dist"), { recursive: true, force: true });
  renameSync(made, join(home, "dist"));
  process.stderr.write(`${relative(process.cwd(), join(home, "dist"))}: ${chunks.length} files\n`);
} finally {
  rmSync(made, { recursive: true, force: true });
}
