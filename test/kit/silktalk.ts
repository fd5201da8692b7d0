import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { findExample, install, isInstalled } from "../../src/cli/demo/example.ts";
import { placeBook } from "../../src/cli/demo/book.ts";
import { stackOf, type StackNode } from "../../src/cli/demo/stack.ts";
import { openTool } from "../../src/cli/demo/tool.ts";
import type { Lang } from "../../src/model/lang.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { systemClock } from "../../src/model/time.ts";
import { registry } from "../../src/kinds/registry.ts";
import { called, home, start, type Ended } from "./wb.ts";

const world = {
  env: process.env,
  clock: systemClock,
  signal: new AbortController().signal,
  registry: () => Promise.resolve(registry),
};
export const example = join(home, "examples", "silktalk");

/** Installs the example's packages when they are missing. False (and a skip) when this machine cannot fetch them. */
export async function hasSilktalk(t: TestContext): Promise<boolean> {
  if (await isInstalled(await findExample(home, "silktalk"))) return true;
  const { tool, reach } = await openTool(world, home);
  await using _ = reach;
  try {
    await install(example, tool, world);
    return true;
  } catch (error) {
    if (!(error instanceof WatchbookError) || process.env["WATCHBOOK_REQUIRE"] === "1") throw error;
    t.skip(`needs the packages of examples/silktalk: cd examples/silktalk && npm ci (${error.code})`);
    return false;
  }
}

/** Three running nodes in a folder of their own, with a book about them. */
export interface Silktalk {
  readonly dir: string;
  readonly book: string;
  readonly nodes: readonly StackNode[];
  /** `src/stack.ts WORDS --dir …`; must end with 0. */
  stack(...words: readonly string[]): Promise<Ended>;
  /** `silktalk --home nodes/NAME WORDS`. */
  silktalk(node: string, ...words: readonly string[]): Promise<Ended>;
  /** `inspect --json`: its exit code, the outcome of every check that is not pass, and all values. */
  inspect(): Promise<Seen>;
  down(): Promise<void>;
}
export interface Seen {
  readonly exit: number | null;
  readonly wrong: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number | null>>;
}

/** Starts the stack in a folder of its own; both are gone when the test ends. */
export async function silktalk(t: Pick<TestContext, "after">, lang: Lang): Promise<Silktalk> {
  const dir = mkdtempSync(join(tmpdir(), "watchbook-test-"));
  const { tool, reach } = await openTool(world, dir);
  const stack = stackOf(example, dir, tool);
  t.after(async () => {
    await stack.down();
    await reach[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });
  // A band of ports of its own: while a node is stopped on purpose, nobody else must take its port.
  const band = ["up", "--dir", dir, "--from", String(10_000 + (process.pid % 900) * 20)];
  const { code, out, err } = await start(t, [join(example, "src", "stack.ts"), ...band]).ended;
  if (code !== 0) throw new Error(err);
  const { nodes } = JSON.parse(out) as { readonly nodes: readonly StackNode[] };
  const { root } = await placeBook(example, dir, lang, nodes, tool);
  const program = (name: string, ...words: readonly string[]): Promise<Ended> =>
    start(t, [join(example, "src", name), ...words]).ended;
  return {
    dir,
    book: root,
    nodes,
    stack: async (...words) => {
      const done = await program("stack.ts", ...words, "--dir", dir);
      if (done.code !== 0) throw new Error(`stack ${words.join(" ")}: ${done.err}`);
      return done;
    },
    silktalk: (node, ...words) => program("silktalk.ts", "--home", join(dir, "nodes", node), ...words),
    inspect: () => inspectBook(t, root),
    down: () => stack.down(),
  };
}

async function inspectBook(t: Pick<TestContext, "after">, book: string): Promise<Seen> {
  const words = ["inspect", "--json", "--no-ask", "--book", book];
  const { code, out, err } = await start(t, called(words)).ended;
  if (out === "") throw new Error(err);
  type Item = { readonly check: string; readonly outcome: string; readonly value: number | null };
  const { items } = JSON.parse(out) as { readonly items: readonly Item[] };
  const wrong = items.filter(({ outcome }) => outcome !== "pass").map(({ check, outcome }) => [check, outcome]);
  return {
    exit: code,
    wrong: Object.fromEntries(wrong) as Record<string, string>,
    values: Object.fromEntries(items.map(({ check, value }) => [check, value])),
  };
}
