// An example with a stack of its own, in a work directory that nobody else has.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { placeBook } from "../../src/cli/demo/book.ts";
import type { StackNode } from "../../src/cli/demo/stack.ts";
import { openTool } from "../../src/cli/demo/tool.ts";
import { registry } from "../../src/kinds/registry.ts";
import type { Lang } from "../../src/model/lang.ts";
import { systemClock } from "../../src/model/time.ts";
import { home, start, wb, type Ended } from "./wb.ts";

const world = {
  env: process.env,
  clock: systemClock,
  signal: new AbortController().signal,
  registry: () => Promise.resolve(registry),
};

export interface Example {
  readonly dir: string;
  readonly book: string;
  readonly nodes: readonly StackNode[];
  /** Port of a part by its name. */
  port(name: string): number;
  /** `bin/NAME WORDS` in the work directory. */
  program(...words: readonly string[]): Promise<Ended>;
  /** `watchbook WORDS --book …`. */
  wb(...words: readonly string[]): Promise<Ended>;
  /** The same with `--json`, and what it said. */
  json(...words: readonly string[]): Promise<Ended & { readonly json: any }>;
  /** `src/stack.ts WORDS`; must end with 0. */
  stack(...words: readonly string[]): Promise<Ended>;
}

/** Starts the stack and places its book; everything is gone when the test ends. `band`: first port of its own. */
export async function exampleAt(
  t: Pick<TestContext, "after">,
  name: string,
  lang: Lang,
  band: number,
): Promise<Example> {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  const example = join(home, "examples", name);
  const stackOf = (...words: readonly string[]): Promise<Ended> =>
    start(t, [join(example, "src", "stack.ts"), ...words, "--dir", dir]).ended;
  const { tool, reach } = await openTool(world, dir);
  t.after(async () => {
    await stackOf("remove");
    await reach[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });
  const stack = async (...words: readonly string[]): Promise<Ended> => {
    const done = await stackOf(...words);
    if (done.code !== 0) throw new Error(`${words.join(" ")}: ${done.err}`);
    return done;
  };
  const from = String(band + (process.pid % 200) * 20);
  const { nodes } = JSON.parse((await stack("up", "--from", from)).out) as { readonly nodes: readonly StackNode[] };
  const { root: book } = await placeBook(example, dir, lang, nodes, tool);
  const run = (...words: readonly string[]): Promise<Ended> => wb(t, ...words, "--book", book);
  return {
    ...{ dir, book, nodes, stack, wb: run },
    port: (part) => nodes.find((one) => one.name === part)!.port,
    program: (...words) => start(t, [join(example, "src", `${name}.ts`), "--dir", dir, ...words]).ended,
    json: async (...words) => {
      const done = await run(...words, "--json");
      return { ...done, json: done.out === "" ? undefined : JSON.parse(done.out) };
    },
  };
}

/** Keys of a file of results. */
export const envOf = (file: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );
