import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import type { TestContext } from "node:test";
import { quote } from "../../src/i18n/program.ts";
import { called, until } from "./wb.ts";

/** The real command line on a pseudo-terminal of its own, as a person sits at it. */
export interface Terminal {
  /** Everything it has shown so far, without the codes that move the cursor. */
  screen(): string;
  /** Waits until what was shown since the last `sees` matches. */
  sees(what: RegExp): Promise<void>;
  /** Types; `enter` adds the key, the other keys are `\u0003` (Ctrl-C) and `\u0004` (Ctrl-D). */
  keys(text: string): void;
  enter(text?: string): void;
  /** Exit code of the program. */
  readonly code: Promise<number | null>;
}

export const CTRL_C = "\u0003";
export const CTRL_D = "\u0004";

/** `watchbook …` in `cwd`; needs `script` (bsdutils). It is killed when the test ends before it does. */
export function terminal(t: Pick<TestContext, "after">, cwd: string, ...argv: readonly string[]): Terminal {
  const words = [process.execPath, ...called(argv)].map(quote).join(" ");
  const command = `stty cols 160 rows 40; exec ${words}`;
  const env = { ...process.env, LC_ALL: "C.UTF-8", LANG: "C.UTF-8", TERM: "xterm", NODE_TEST_CONTEXT: undefined };
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
    cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  t.after(() => void (child.exitCode === null && child.kill("SIGKILL")));
  let shown = "";
  let seen = 0;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => void (shown += text));
  const screen = (): string => stripVTControlCharacters(shown).replaceAll("\r", "");
  const keys = (text: string): void => void child.stdin.write(text);
  return {
    screen,
    sees: async (what) => {
      // Long: where many tests run at once, the program alone takes half a minute to begin.
      await until(
        () => `${what} on the screen: ${JSON.stringify(shown.slice(-2_000))}`,
        120,
        () => what.test(screen().slice(seen)),
      );
      seen = screen().length;
    },
    keys,
    enter: (text = "") => keys(`${text}\r`),
    code: once(child, "close").then(() => child.exitCode),
  };
}
