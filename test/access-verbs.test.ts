// account, session and audit from a terminal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bookFolder, NIGHT, serving, shiftedClock } from "./kit/daemon.ts";
import { administrator, Browser, CHEAP, member, PASSWORD, TEAM } from "./kit/people.ts";
import { run } from "../src/cli/dispatch.ts";
import { worldIn } from "./kit/world.ts";

test("accounts are made, reset and disabled, sessions ended and the log read from the terminal of the daemon's user", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": TEAM });
  const at = ["--book", root, "--lang", "en"];
  const cli = async (args: readonly string[]) => {
    const world = worldIn(root);
    return { code: await run(args, world), ...world.said };
  };
  const none = await cli(["account", "list", ...at]);
  assert.deepEqual([none.code, /No daemon/.test(none.stderr)], [2, true]);
  const on = await serving(t, root, { clock: shiftedClock(NIGHT), cost: CHEAP });
  const code = await cli(["account", "setup-code", ...at]);
  assert.equal(code.stdout.trim(), on.access.setUpCode());
  await administrator(on);
  const added = await cli(["account", "add", "wang", ...at]);
  assert.equal(added.code, 0, added.stderr);
  const wang = new Browser(on.url);
  const given = { person: "wang", invite: added.stdout.trim(), password: PASSWORD };
  assert.equal((await wang.post("/api/session/invite", given)).status, 200);
  const list = await cli(["account", "list", ...at]);
  assert.match(list.stdout, /^boss +on +password +administrator/m);
  assert.match(list.stdout, /^wang +on +password +operator/m);
  assert.match((await cli(["session", "list", ...at])).stdout, /wang/);
  assert.match((await cli(["session", "revoke", "wang", ...at])).stdout, /session of wang is over/);
  assert.equal((await wang.get("/api/session")).json.person, null);
  assert.equal((await cli(["session", "revoke", "wang", ...at])).code, 2);
  const reset = JSON.parse(
    (await cli(["account", "reset", "wang", "--reason", "telephone lost", "--json", ...at])).stdout,
  );
  assert.equal(reset.account.password, false);
  await member(on, "li");
  assert.equal((await cli(["account", "disable", "li", ...at])).code, 0);
  assert.match((await cli(["account", "list", ...at])).stdout, /^li +disabled/m);
  const log = JSON.parse((await cli(["audit", "list", "--action", "accounts.reset", "--json", ...at])).stdout).entries;
  assert.deepEqual(
    log.map((one: any) => [one.person, one.object, one.outcome, one.reason, one.address]),
    [["socket", "wang", "done", "telephone lost", "socket"]],
  );
  const whole = await cli(["audit", "verify", ...at]);
  assert.deepEqual([whole.code, /follows the one before/.test(whole.stdout)], [0, true]);
  assert.equal((await cli(["audit", "list", "--limit", "many", ...at])).code, 2);
});
