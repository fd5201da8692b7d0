// Restored over what is in use, as a person does it: typed twice, a set taken first, and put back when it does not hold.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { backupBook } from "../kit/backup-book.ts";
import { terminal } from "../kit/terminal.ts";
import { needs } from "../live/needs.ts";

const PROBE = "{ kind: shell, risk: read, with: { script: 'grep -q paid \"$FILES_DIR/order.txt\"' } }";

interface Shop {
  /** What must hold on what runs again. */
  readonly holds?: string;
  readonly approval?: string;
  readonly start?: string;
}

/** A service that only says when it is stopped and started, and what it then finds. */
function shop(t: TestContext, { holds = "true", approval = "false", start = "true" }: Shop = {}) {
  const said = (what: string) => `echo ${what} $(cat ROOT/data/order.txt) >>ROOT/log`;
  const made = backupBook(t, {
    probe: PROBE,
    environments: "{ prod: { protected: false } }",
    over: [
      "      over:",
      `        stop: { app: { kind: shell, risk: write, with: { script: '${said("stop")}' } } }`,
      `        start: { app: { kind: shell, risk: write, with: { script: '${said("start")}; ${start}' } } }`,
      `        probes: { holds: { kind: shell, risk: read, with: { script: '${holds}' } } }`,
      `        approval: ${approval}`,
    ],
  });
  const at = (...names: string[]) => join(made.root, ...names);
  const log = () => (existsSync(at("log")) ? readFileSync(at("log"), "utf8").trim().split("\n") : []);
  const order = () => readFileSync(at("data", "order.txt"), "utf8");
  const beside = () => readdirSync(made.root).filter((name) => name.startsWith("data."));
  return { ...made, at, log, order, beside };
}

async function broken(t: TestContext, given: Shop = {}) {
  const made = shop(t, given);
  assert.equal((await made.wb("backup", "run", "shop")).code, 0);
  const [set] = (await made.json("backup", "list")).json.sets;
  writeFileSync(made.at("data", "order.txt"), "lost\n");
  const over = async (...typed: string[]) => {
    const screen = terminal(t, made.book, "restore", "shop", "--over", "--execute", "--by", "ana");
    for (const text of typed) {
      await screen.sees(/name: $/);
      screen.enter(text);
    }
    return { code: await screen.code, screen: screen.screen() };
  };
  return { ...made, set: set.id as string, over };
}

test("typed twice: a set of what is there, the restored one in its place, what was there beside it", async (t) => {
  if (!needs(t, "script")) return;
  const { set, over, order, log, at, beside, json } = await broken(t);
  const { code, screen } = await over("shop", set);
  assert.equal(code, 0, screen);
  assert.equal(order(), "paid\n");
  assert.deepEqual(log(), ["stop lost", "start paid"]);
  const [kept, ...others] = beside();
  assert.deepEqual(others, []);
  assert.equal(readFileSync(at(kept!, "order.txt"), "utf8"), "lost\n");
  assert.match(screen, new RegExp(`kept in .*${kept}`));
  // The set that was taken first has what was lost.
  const sets = (await json("backup", "list")).json.sets as { id: string; state: string }[];
  const before = sets.find(({ id }) => id !== set)!;
  assert.equal(readFileSync(at("sets", "shop", before.id, "files", "order.txt"), "utf8"), "lost\n");
  assert.deepEqual(readdirSync(at("places")), []);
});

test("what does not hold is put back: stopped, renamed, started, and nothing is left beside it", async (t) => {
  if (!needs(t, "script")) return;
  for (const given of [{ holds: "false" }, { start: "grep -q lost ROOT/data/order.txt" }]) {
    const { set, over, order, log, beside } = await broken(t, given);
    const { code, screen } = await over("shop", set);
    assert.equal(code, 3, screen);
    assert.equal(order(), "lost\n");
    assert.deepEqual(log(), ["stop lost", "start paid", "stop paid", "start lost"]);
    assert.deepEqual(beside(), []);
    // Whatever touched nothing that is in use was not left behind.
    assert.doesNotMatch(screen, /no undo/);
  }
});

test("nothing is touched when what is there cannot be taken, or the restored one does not hold", async (t) => {
  if (!needs(t, "script")) return;
  const { set, over, order, log, beside, at } = await broken(t);
  // Another backup works there: no set can be taken.
  writeFileSync(at("sets", "shop", ".lock"), "r20200101-000000-00000000 2020-01-01T00:00:00Z\n");
  const busy = await over("shop", set);
  assert.equal(busy.code, 3);
  assert.match(busy.screen, /Another backup, r20200101/);
  const bad = await broken(t);
  writeFileSync(bad.at("sets", "shop", bad.set, "files", "order.txt"), "gone\n");
  const damaged = await bad.over("shop", bad.set);
  assert.equal(damaged.code, 3);
  assert.match(damaged.screen, /damaged/);
  for (const one of [{ order, log, beside }, bad]) {
    assert.equal(one.order(), "lost\n");
    assert.deepEqual(one.log(), []);
    assert.deepEqual(one.beside(), []);
  }
});

test("another name, nobody at the terminal, or no way to stop it declared: refused before anything begins", async (t) => {
  if (!needs(t, "script")) return;
  const { set, over, wb, log, json } = await broken(t);
  const wrong = await over("shop", "r20200101-000000-00000000");
  assert.equal(wrong.code, 2);
  assert.match(wrong.screen, /is not r\d{8}.*nothing was done/);
  const alone = await wb("restore", "shop", "--over", "--execute", "--yes");
  assert.equal(alone.code, 2);
  assert.match(alone.err, /Nobody sits at this terminal/);
  // As any runbook it wants the set by its name.
  const bare = await wb("run", "restore-over-shop", "--env", "prod", "--execute");
  assert.equal(bare.code, 2);
  assert.match(bare.err, /SET/);
  const named = ["run", "restore-over-shop", "--env", "prod", "--param", `SET=${set}`];
  assert.match((await wb(...named, "--execute")).err, /CONFIRM/);
  const unsure = await wb(...named, "--param", `CONFIRM=shop/r20200101-000000-00000000`, "--execute");
  assert.equal(unsure.code, 3, unsure.err);
  assert.match(unsure.out, new RegExp(`nothing was done[^]*CONFIRM=shop/${set}`));
  const drawn = await wb(...named, "--param", `CONFIRM=shop/${set}`, "--param", "TO=random", "--execute");
  assert.equal(drawn.code, 3, drawn.err);
  assert.match(drawn.out, /random is no point/);
  const undeclared = backupBook(t, { probe: PROBE });
  assert.equal((await undeclared.wb("backup", "run")).code, 0);
  const refused = await undeclared.wb("restore", "shop", "--over");
  assert.equal(refused.code, 2);
  assert.match(refused.err, /does not say how shop is restored over/);
  assert.deepEqual(log(), []);
  assert.equal((await json("backup", "list")).json.sets.length, 1);
});

test("with nobody at the terminal another person's approval is waited for", async (t) => {
  const { json, wb, log } = await broken(t, { approval: "{ roles: [ops] }" });
  const none = await wb("restore", "shop", "--over", "--execute");
  assert.equal(none.code, 2, none.err);
  assert.match(none.err, /approval before the first change: 1 person of ops[^]*cannot be executed/);
  assert.deepEqual(log(), []);
  assert.equal((await json("backup", "list")).json.sets.length, 1);
});
