// The first `demo` installs packages: what takes long says what it does while it does it.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { openBook } from "../src/book/open.ts";
import { findExample, install, isInstalled, offered } from "../src/cli/demo/example.ts";
import type { Tool } from "../src/cli/demo/tool.ts";
import { isVerb, verbs } from "../src/cli/verbs.ts";
import { findEnvironment, findRunbook } from "../src/engine/plan/find.ts";
import type { Book } from "../src/model/book.ts";
import { systemClock, type Clock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";
import { example } from "./kit/silktalk.ts";
import { until } from "./kit/wb.ts";

test("an installation counts the packages of the lock file as they appear, and stops counting when it ends", async (t) => {
  const root = folder(t);
  cpSync(join(example, "package-lock.json"), join(root, "package-lock.json"));
  const seen: (readonly [number, number])[] = [];
  const put = (name: string): void => {
    mkdirSync(join(root, "node_modules", name), { recursive: true });
    writeFileSync(join(root, "node_modules", name, "package.json"), "{}");
  };
  /** Stands in for npm: puts one package after the other when it was counted. */
  const tool: Tool = async (argv) => {
    assert.deepEqual(argv.slice(0, 2), ["npm", "ci"]);
    put("libp2p");
    await until("one is counted", 10, () => seen.some(([done]) => done === 1));
    put("uint8arrays");
    await until("two are counted", 10, () => seen.some(([done]) => done === 2));
    return { end: { kind: "exit", code: 0 }, out: "", err: "", truncated: false };
  };
  let asleep: AbortSignal | undefined;
  const clock: Clock = {
    ...systemClock,
    sleep: (_, signal) => {
      asleep = signal;
      return systemClock.sleep(5, signal);
    },
  };
  const { signal } = new AbortController();
  await install(root, tool, { clock, signal }, (done, total) => void seen.push([done, total]));
  assert.ok(await isInstalled(root));
  assert.ok(seen.every(([, total]) => total > 100));
  assert.ok(asleep?.aborted);
});

/** Names of the commands that an example's sources write into `bin` of its place: one by one, or out of a list. */
function written(example: string): ReadonlySet<string> {
  const texts = readdirSync(join(example, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
    .filter((text) => text.includes("writeFile"));
  const names = (text: string, name: RegExp): readonly string[] => [...text.matchAll(name)].map(([, found]) => found!);
  return new Set(
    texts.flatMap((text) => [
      ...names(text, /= join\(dir, "bin", "([^"]+)"\)/g),
      ...names(text, /const commands = \{\n(.*?)\n *\};/gs).flatMap((list) => names(list, /^ *"?([a-z-]+)"?: /gm)),
    ]),
  );
}

/** Fails unless the book has what a line about it names. */
async function names(book: Book, line: string): Promise<void> {
  const [, verb = "", ...args] = line.split(" ");
  assert.ok(isVerb(verb), line);
  const { options } = await verbs[verb]();
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [first = "", second = ""] = positionals;
  const isSet = (name: string): boolean => book.config.backups.some(({ id }) => id === name);
  if (verb === "backup") assert.ok(isSet(second), line);
  else if (verb !== "drill") assert.fail(`${line}: nothing here knows what it names`);
  else if (!isSet(first)) findRunbook(book, first);
  if (typeof values["env"] === "string") assert.ok(findEnvironment(book, values["env"]), line);
}

test("what an example offers to try is its own: what a line names is in its book, or written into its place", async () => {
  const home = join(import.meta.dirname, "..");
  const runnable = readdirSync(join(home, "examples")).filter((name) =>
    existsSync(join(home, "examples", name, "src", "stack.ts")),
  );
  assert.ok(runnable.length > 0);
  for (const name of runnable) {
    const at = await findExample(home, name);
    const lines = await offered(at);
    assert.ok(lines.length > 0, name);
    const commands = lines.filter((line) => !line.startsWith("wb "));
    for (const line of commands) assert.ok(written(at).has(/^bin\/(\S+)/.exec(line)?.[1] ?? ""), line);
    for (const folder of ["book", "book-en"]) {
      const { book } = await openBook(join(at, folder));
      for (const line of lines) if (!commands.includes(line)) await names(book, line);
    }
  }
});
