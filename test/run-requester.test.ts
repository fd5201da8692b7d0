// Who asks for a run is known by login or token, not by the name that is given: nobody approves a run of their own as somebody else's.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run as call } from "../src/cli/dispatch.ts";
import { requestersOf } from "../src/engine/run/requesters.ts";
import { serving } from "./kit/daemon.ts";
import { lamps, type Lamps } from "./kit/lamp.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const RUN = ["run", "SOP-01", "--env", "prod", "--param", "colour=blue", "--execute"];

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The two lamps; whoever runs this is the person `who`, or nobody of the book. */
function known(t: TestContext, who?: "ana" | "ben"): Lamps & { readonly say: (...argv: string[]) => Promise<Said> } {
  const made = lamps(t);
  const yaml = join(made.book, "watchbook.yaml");
  const text = readFileSync(yaml, "utf8");
  if (who) writeFileSync(yaml, text.replace(`${who}: { `, `${who}: { logins: ["${userInfo().username}"], `));
  const say = async (...argv: string[]): Promise<Said> => {
    const world = worldIn(made.book);
    const code = await call(argv, world);
    return { code, out: world.said.stdout, err: world.said.stderr };
  };
  return { ...made, say };
}

for (const [where, served] of [
  ["in this process", false],
  ["through the daemon's socket", true],
] as const)
  test(`a name that is given does not hide whose login asks: that person may not approve, ${where} [H-011]`, async (t) => {
    if (!needs(t, "ssh-keygen")) return;
    const { book, keys, say, log } = known(t, "ben");
    if (served) await serving(t, book);
    const begun = await say(...RUN, "--by", "ana", "--json");
    assert.equal(begun.code, 5, begun.err);
    assert.doesNotMatch(begun.err, /Nobody knows/);
    for (const [as, says] of [
      ["ben", /ben asked for this run and may not approve it/],
      ["ana", /ana asked for this run and may not approve it/],
    ] as const) {
      const { code, err } = await say("runs", "approve", "last", "--as", as, "--key", keys[as].file);
      assert.equal(code, 2, err);
      assert.match(err, says);
    }
    assert.deepEqual(log(2), []);
  });

test("where nobody knows whose login asks, it is said to whoever asks, to whoever approves, and by the evidence", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const { book, keys, say } = known(t);
  const begun = await say(...RUN, "--by", "somebody");
  assert.equal(begun.code, 5, begun.err);
  const said = new RegExp(`Nobody knows who asked .*: somebody is only a name.*\\(${userInfo().username}`);
  assert.match(begun.err, said);
  const approved = await say("runs", "approve", "last", "--as", "ben", "--key", keys.ben.file, "--json");
  assert.equal(approved.code, 0, approved.err);
  assert.match(approved.err, said);
  const { evidence } = JSON.parse(approved.out) as { evidence: string };
  const verified = await say("evidence", "verify", evidence, "--book", book);
  assert.equal(verified.code, 0, verified.err);
  assert.match(verified.out, /ben approved plan, and nobody knows who asked for the run: somebody is only a name/);
});

test("a login is the person who has it: by the id, by what the book says, by a token; several when they share it", () => {
  const people = [{ id: "ana" }, { id: "ben", logins: ["bn", "ops"] }, { id: "eve", logins: ["ops"] }];
  assert.deepEqual(requestersOf(people, { logins: ["ana"] }), ["ana"]);
  assert.deepEqual(requestersOf(people, { logins: ["ben"] }), [], "the book says which logins are his");
  assert.deepEqual(requestersOf(people, { logins: ["root", "bn"] }), ["ben"], "who logged in, through sudo");
  assert.deepEqual(requestersOf(people, { logins: ["ops"] }), ["ben", "eve"]);
  assert.deepEqual(requestersOf(people, { person: "eve" }), ["eve"]);
  assert.deepEqual(requestersOf(people, {}), []);
});
