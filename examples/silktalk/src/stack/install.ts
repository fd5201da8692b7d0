import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Home } from "../node/home.ts";
import { failure, words } from "../words/index.ts";

const RELEASES = fileURLToPath(new URL("../../releases/", import.meta.url));

/** Versions that may be installed, oldest first. */
const releases = (): readonly string[] =>
  readdirSync(RELEASES)
    .map((file) => basename(file, ".json"))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));

/** Installs the program of one node in one move; a node that runs takes it with its next start. */
export function installProgram(home: Home, version: string | undefined): void {
  const known = releases();
  if (version === undefined || !known.includes(version))
    throw failure(words().failures.release(version ?? "", known.join(", ")));
  mkdirSync(dirname(home.program), { recursive: true });
  writeFileSync(`${home.program}.new`, readFileSync(join(RELEASES, `${version}.json`)));
  renameSync(`${home.program}.new`, home.program);
}
