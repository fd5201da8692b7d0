import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cli } from "./cli.ts";
import { folder } from "./folder.ts";

export interface BackupBook {
  readonly readme?: string;
  /** As watchbook.yaml has it. */
  readonly keep?: string;
  /** The one probe of a restore: a step of kind shell, in flow style. */
  readonly probe: string;
  readonly environments?: string;
  readonly people?: string;
  /** More lines of the set, indented by four; `ROOT` is the folder of the test. */
  readonly more?: readonly string[];
  /** More lines of its `restore:`, indented by six. */
  readonly over?: readonly string[];
}

/** A book with one backup set of a folder of this machine, and the command line in it. */
export function backupBook(
  t: TestContext,
  { readme = "# Shop\n", keep, probe, environments, people = "{}", more = [], over = [] }: BackupBook,
) {
  const root = folder(t);
  const book = join(root, "book");
  mkdirSync(book);
  mkdirSync(join(root, "data"));
  writeFileSync(join(root, "data", "order.txt"), "paid\n");
  writeFileSync(join(book, "README.md"), readme);
  writeFileSync(
    join(book, "watchbook.yaml"),
    [
      "lang: en",
      `people: ${people}`,
      `environments: ${environments ?? "{ prod: {} }"}`,
      `targets: { here: { kind: local, environment: prod, env: { WATCHBOOK_STATE: ${join(root, "receipts")} } } }`,
      "backups:",
      "  shop:",
      "    target: here",
      `    into: ${join(root, "sets")}`,
      `    parts: { files: { kind: files, path: ${join(root, "data")} } }`,
      ...(keep === undefined ? [] : [`    keep: ${keep}`]),
      ...more.map((line) => line.replaceAll("ROOT", root)),
      "    restore:",
      `      into: ${join(root, "places")}`,
      `      probes: { probe: ${probe} }`,
      ...over.map((line) => line.replaceAll("ROOT", root)),
      "",
    ].join("\n"),
  );
  const wb = (...args: string[]) => cli(t, args, book);
  const json = async (...args: string[]) => {
    const { code, out, err } = await wb(...args, "--json");
    return { code, err, json: JSON.parse(out) };
  };
  return { root, book, wb, json };
}
