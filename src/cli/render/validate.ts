import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Registry } from "../../model/registry.ts";
import type { RenderedFile, Validation } from "../../model/renderer.ts";
import { openLocal } from "../hold.ts";

/** What a tool said of the files that it reads. */
export interface Validated {
  readonly program: string;
  readonly argv: readonly string[];
  readonly files: readonly string[];
  readonly result: "passed" | "refused" | "missing";
  readonly installs: string;
  /** What it said when it refused. */
  readonly detail?: string;
}

const LIMIT_MS = 120_000;
const DETAIL = 4000;

async function ask(
  registry: Registry,
  folder: string,
  files: readonly string[],
  { argv, installs }: Validation,
): Promise<Validated> {
  await using reach = await openLocal(registry, folder);
  const base = { program: argv[0], argv, files, installs };
  const { end, out, err } = await reach.exec(argv, { cwd: folder, timeoutMs: LIMIT_MS });
  if (end.kind === "spawn" && end.reason === "not-found") return { ...base, result: "missing" };
  if (end.kind === "exit" && end.code === 0) return { ...base, result: "passed" };
  const said = `${err}${out}`.trim().slice(0, DETAIL);
  return { ...base, result: "refused", detail: said === "" ? end.kind : said };
}

/** Every tool once, in a folder of its own with all files; what it leaves there goes with the folder. */
export async function validate(files: readonly RenderedFile[], registry: Registry): Promise<readonly Validated[]> {
  const folder = await mkdtemp(join(tmpdir(), "watchbook-render-"));
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const wanted = Map.groupBy(
      files.filter((file) => file.validate !== undefined),
      ({ validate: one }) => one!.argv.join("\0"),
    );
    const done: Validated[] = [];
    for (const own of wanted.values())
      done.push(
        await ask(
          registry,
          folder,
          own.map(({ path }) => path),
          own[0]!.validate!,
        ),
      );
    return done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
