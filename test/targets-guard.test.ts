import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { GUARD } from "../src/kinds/targets/ssh/guard.ts";
import { processesWith } from "./kit/processes.ts";
import { until } from "./suites/child.ts";

test("guard: a command that ends because nobody hears it any more leaves no process in a session of its own", async (t) => {
  const tag = `unheard-${process.pid}`;
  const command = `setsid sh -c ': ${tag}; sleep 300; :' >/dev/null 2>&1 & read -r go; echo up; echo more`;
  const input = "go\n";
  const token = "token";
  const args = [token, "60", String(input.length), "/", "sh", "-c", command];
  for (const given of [true, false]) {
    const argv = given ? args : args.with(2, "0").with(6, command.replace("read -r go", "sleep 0.3"));
    const guard = spawn("sh", ["-c", GUARD, "watchbook", ...argv], {
      env: { PATH: process.env["PATH"], WATCHBOOK_EXEC: `${tag}-${given}` },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    t.after(() => processesWith(tag).forEach((pid) => process.kill(pid, "SIGKILL")));
    guard.stdin.write(`${token}\n`);
    await once(guard.stdout, "data");
    // Its input stays open: the end of the reader is all it can notice.
    guard.stdout.destroy();
    if (given) {
      await until("the session is there", () => processesWith(tag).length >= 3);
      guard.stdin.write(input);
    }
    await once(guard, "exit");
    assert.deepEqual(processesWith(tag), []);
    guard.stdin.destroy();
  }
});
