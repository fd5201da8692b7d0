// `init DIR` asks a person at a terminal: answers, defaults, nonsense, and leaving in the middle.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { wb } from "../kit/wb.ts";
import { folder } from "../kit/folder.ts";
import { CTRL_C, CTRL_D, terminal } from "../kit/terminal.ts";
import { needs } from "../live/needs.ts";

test("init asks, Enter takes what is in brackets, and nonsense is asked again with what would be right", async (t) => {
  if (!needs(t, "script")) return;
  const dir = folder(t);
  const at = terminal(t, dir, "init", "ops", "--lang", "en");
  await at.sees(/Template: .*\[plain\] $/);
  at.enter("windows");
  await at.sees(/one of: plain, systemd, compose, k8s[^]*\[plain\] $/);
  at.enter("systemd");
  await at.sees(/Title of the manual\? \[ops: operations manual\] $/);
  at.enter("Gate | way");
  await at.sees(/without[^]*Title of the manual\?.* $/);
  at.enter("Gateway at night");
  await at.sees(/Name of the service.*\[ops\] $/);
  at.enter("my gate");
  await at.sees(/letters, digits[^]*Name of the service.* $/);
  at.enter("gated");
  await at.sees(/daily inspection\? \[operator on call\] $/);
  at.enter();
  assert.equal(await at.code, 0, at.screen());
  assert.match(readFileSync(join(dir, "ops", "watchbook.yaml"), "utf8"), /^title: "?Gateway at night"?$/m);
  assert.match(at.screen(), /Written: ops\/\.gitignore/);
  const strict = await wb(t, "lint", join(dir, "ops"), "--strict");
  assert.equal(strict.code, 0, strict.out);
  assert.match(readFileSync(join(dir, "ops", "watchbook.yaml"), "utf8"), /gated/);
});

for (const [name, key] of [
  ["Ctrl-C", CTRL_C],
  ["the end of input (Ctrl-D)", CTRL_D],
] as const)
  test(`${name} at any question of init ends with 130 and leaves nothing half-written`, async (t) => {
    if (!needs(t, "script")) return;
    const dir = folder(t);
    for (const answered of [0, 2]) {
      const at = terminal(t, dir, "init", "ops", "--lang", "en");
      for (let given = 0; given < answered; given += 1) {
        await at.sees(/\] $/);
        at.enter();
      }
      await at.sees(/\] $/);
      at.keys(key);
      assert.equal(await at.code, 130, at.screen());
      assert.doesNotMatch(at.screen(), /Error|\bat .*:\d+:\d+/);
      assert.equal(existsSync(join(dir, "ops")), false);
    }
  });

test("init asks in Chinese and takes Chinese answers", async (t) => {
  if (!needs(t, "script")) return;
  const dir = folder(t);
  const at = terminal(t, dir, "init", "手册", "--lang", "zh", "--template", "plain");
  await at.sees(/手册的标题.* $/);
  at.enter("夜班网关手册");
  await at.sees(/服务在机器上.* $/);
  at.enter("网关");
  await at.sees(/巡检由谁做.* $/);
  at.enter("王芳");
  assert.equal(await at.code, 0, at.screen());
  const yaml = readFileSync(join(dir, "手册", "watchbook.yaml"), "utf8");
  assert.match(yaml, /夜班网关手册/);
  assert.match(yaml, /网关/);
  assert.match(at.screen(), /已写入|写入/);
});
