/**
 * Rewrites `index.ts` of every folder of kinds or rules from its list of files: one file is one kind, and nothing else has to be
 * touched to add one. `--check` writes nothing and exits 2 when an index or the pages made from them in docs/ are stale.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** Folders of kinds: the list they export, the type of its elements, and what names of the files' exports end with. */
const FOLDERS = [
  { folder: "src/kinds/checks", list: "checks", type: "CheckKind", model: "../../model/check.ts", suffix: "Check" },
  {
    folder: "src/kinds/targets",
    list: "targets",
    type: "TargetKind",
    model: "../../model/target.ts",
    suffix: "Target",
  },
  { folder: "src/kinds/steps", list: "steps", type: "StepKind", model: "../../model/step.ts", suffix: "Step" },
  {
    folder: "src/kinds/backups",
    list: "backups",
    type: "BackupKind",
    model: "../../model/backup.ts",
    suffix: "Backup",
  },
  {
    folder: "src/kinds/clusters",
    list: "clusters",
    type: "ClusterKind",
    model: "../../model/cluster.ts",
    suffix: "Cluster",
  },
  { folder: "src/kinds/faults", list: "faults", type: "FaultKind", model: "../../model/fault.ts", suffix: "Fault" },
  {
    folder: "src/kinds/notifiers",
    list: "notifiers",
    type: "NotifierKind",
    model: "../../model/notifier.ts",
    suffix: "Notifier",
  },
  {
    folder: "src/kinds/renderers",
    list: "renderers",
    type: "Renderer",
    model: "../../model/renderer.ts",
    suffix: "Renderer",
  },
  { folder: "src/book/lint/rules", list: "rules", type: "LintRule", model: "../../../model/book.ts", suffix: "" },
] as const;

/** As the formatter breaks lines. */
const WIDTH = 120;

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function index({ folder, list, type, model, suffix }: (typeof FOLDERS)[number]): string {
  const kinds = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "index.ts")
    .map((entry) => entry.name.slice(0, -3))
    .toSorted();
  const names = kinds.map((kind) => `${camel(kind)}${suffix}`);
  const line = `export const ${list}: readonly ${type}[] = [${names.join(", ")}];`;
  return [
    "// Written by scripts/gen.ts from the files of this folder: do not edit.",
    `import type { ${type} } from "${model}";`,
    ...kinds.map((kind, at) => `import { ${names[at]} } from "./${kind}.ts";`),
    "",
    line.length > WIDTH
      ? `export const ${list}: readonly ${type}[] = [\n${names.map((name) => `  ${name},\n`).join("")}];`
      : line,
    "",
  ].join("\n");
}

/** The index files by their path from the root. */
const indexes = (): ReadonlyMap<string, string> =>
  new Map(FOLDERS.map((entry) => [`${entry.folder}/index.ts`, index(entry)]));

/** Paths of files that are not what they should be. */
const stale = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);

const read = (path: string): string | undefined =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), "utf8") : undefined;

function write(files: ReadonlyMap<string, string>): void {
  for (const path of stale(files)) {
    writeFileSync(join(ROOT, path), files.get(path)!);
    console.log(path);
  }
}

/** The pages of docs/ that are made from the kinds themselves: only importable once the indexes are right. */
const pages = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    ...(await import("./docs-checks.ts")).pages(),
    ...(await import("./docs-steps.ts")).pages(),
    ...(await import("./docs-backups.ts")).pages(),
    ...(await import("./docs-clusters.ts")).pages(),
    ...(await import("./docs-notifiers.ts")).pages(),
    ...(await import("./docs-findings.ts")).pages(),
  ]);

if (process.argv.includes("--check")) {
  const outdated = [...stale(indexes())];
  if (outdated.length === 0) outdated.push(...stale(await pages()));
  for (const path of outdated) console.error(`${path} is stale: run npm run gen`);
  process.exitCode = outdated.length === 0 ? 0 : 2;
} else {
  write(indexes());
  write(await pages());
}
