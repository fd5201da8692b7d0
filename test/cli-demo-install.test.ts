// The first `demo` installs packages: what takes long says what it does while it does it.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findExample, install, isInstalled, offered } from "../src/cli/demo/example.ts";
import type { Tool } from "../src/cli/demo/tool.ts";
import { isVerb } from "../src/cli/verbs.ts";
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

/** All that the sources of an example say. */
const sourcesOf = (example: string): string =>
  readdirSync(join(example, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
    .join("\n");

test("what an example offers to try is its own", async () => {
  for (const name of ["chat", "saas", "silktalk"]) {
    const at = await findExample(join(import.meta.dirname, ".."), name);
    const lines = await offered(at);
    assert.ok(lines.length > 0, name);
    for (const line of lines) {
      const [, verb, command] = /^(?:wb ([a-z]+)|bin\/([a-z-]+))(?: |$)/.exec(line) ?? [];
      assert.ok(verb === undefined ? command !== undefined : isVerb(verb), line);
      if (command !== undefined)
        assert.match(sourcesOf(at), new RegExp(`"?${command}"?:|bin/${command}|"${command}"`), line);
    }
  }
});
