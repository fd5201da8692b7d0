import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { waited } from "./waited.ts";

export const home = join(import.meta.dirname, "..", "..");

/** The command line's program: what the launcher starts when all tests run, else the source. */
export const MAIN = process.env["WATCHBOOK_TEST_MAIN"] ?? join(home, "src", "main.ts");

const LAUNCHER = readFileSync(join(home, "wb"), "utf8");
const [, STAY = ""] = /^case \$\{1:-\} in\n {2}(serve .*)\) ;;$/m.exec(LAUNCHER)!;
const [, FLAGS = ""] = /flags=\((--.*?)\)/.exec(LAUNCHER)!;

/** What the launcher gives to Node for a verb. */
export const flagsOf = (verb: string | undefined): readonly string[] =>
  STAY.split(" | ").includes(verb ?? "") ? [] : FLAGS.split(" ");

/** `watchbook …` as the launcher starts it: what Node is called with. */
export const called = (words: readonly string[]): readonly string[] => [...flagsOf(words[0]), MAIN, ...words];

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A started process with what it has said so far. */
export interface Started {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ended: Promise<Ended>;
}

/** Starts a Node program; it is killed when the test ends before it does. */
export function start(
  t: Pick<TestContext, "after">,
  argv: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Started {
  const env = { ...process.env, LC_ALL: "C", LANG: "C", NODE_TEST_CONTEXT: undefined, ...options.env };
  const child = spawn(process.execPath, argv, { cwd: options.cwd ?? home, env, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said.err += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...said }));
  t.after(() => void (child.exitCode === null && child.kill("SIGKILL")));
  return { child, said, ended };
}

/** The real command line: `watchbook …`. */
export const wb = (t: Pick<TestContext, "after">, ...argv: readonly string[]): Promise<Ended> =>
  start(t, called(argv)).ended;

/** Waits until it holds; after `seconds` it fails with what was waited for. */
export const until = async (
  what: string | (() => string),
  seconds: number,
  holds: () => Promise<boolean> | boolean,
): Promise<void> => void (await waited(what, holds, seconds * 1_000));
