import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

const FILES = ["LICENSE", "LICENSE.md", "LICENCE", "license", "LICENSE.txt"];

const manifest = (at: string): Record<string, string> =>
  JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as Record<string, string>;

/** Folder of the package that a module belongs to; undefined: our own. */
function packageOf(module: string): string | undefined {
  if (!module.includes("/node_modules/")) return undefined;
  let at = dirname(module);
  while (!existsSync(join(at, "package.json")) || !("version" in manifest(at))) at = dirname(at);
  return at;
}

/** Licences of the packages that modules come from, as each of them asks for. What is no file is left out. */
export function licences(modules: readonly string[]): string {
  const files = modules.map((id) => id.split("?")[0]!).filter((id) => existsSync(id));
  const packages = new Set(files.flatMap((id) => packageOf(realpathSync(id)) ?? []));
  return [...packages]
    .toSorted()
    .map((at) => {
      const { name, version, license } = manifest(at);
      const file = FILES.find((one) => existsSync(join(at, one)));
      const text = file === undefined ? "" : readFileSync(join(at, file), "utf8").trim();
      return `## ${name} ${version} (${license})\n\n${text}\n`;
    })
    .join("\n");
}
