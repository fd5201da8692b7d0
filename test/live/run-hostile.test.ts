// A run over healthy and hostile targets: what one of them does costs that one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hosts } from "../kit/hostile.ts";
import { MAIN, start, until, wb } from "../kit/wb.ts";
import { needs } from "./needs.ts";

const fence = (attributes: string, script: string): string =>
  `   \`\`\`bash ${attributes}\n   ${script.replaceAll("\n", "\n   ")}\n   \`\`\`\n`;
const manual = (...steps: readonly string[]): string =>
  `# Manual\n\n## SOP-01 Deploy a new version\n\n${steps.map((step, at) => `${at + 1}. Step\n\n${step}`).join("\n")}`;

const LOOK = fence('{"name":"look","wb-risk":"read","wb-timeout":"4s"}', "date +%Y");
const CHANGE = fence('{"name":"change","wb-risk":"write","wb-timeout":"8s"}', 'echo change >>"$EFFECTS"');
const TOGETHER = 'batches: ["100%"], parallel: 7';
const RUN = ["run", "SOP-01", "--env", "test", "--execute", "--no-ask", "--json", "--book"];

interface Done {
  readonly verdict: string;
  readonly state: string;
  readonly reasons: readonly string[];
  readonly steps: readonly { readonly id: string; readonly target: string; readonly state: string }[];
}

const ended = (steps: Done["steps"], id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(steps.filter((step) => step.id === id).map(({ target, state }) => [target, state]));

test("hosts that hang, close mid-line, flood 1 GB or babble cost themselves; a wrong clock costs nobody; each is named", async (t) => {
  if (!needs(t, "sshd", "ssh", "faketime")) return;
  const bad = ["hangs", "cuts", "floods", "babbles"] as const;
  const { book, effects } = await hosts(
    t,
    [...bad, "late"],
    manual(LOOK, CHANGE),
    `{ ${TOGETHER}, maxFailures: ${bad.length} }`,
  );
  const done = await wb(t, ...RUN, book);
  assert.equal(done.code, 3, done.err);
  const { verdict, reasons, steps } = JSON.parse(done.out) as Done;
  assert.equal(verdict, "fail", "a target that was not reached is not proven");
  const good = ["one", "two", "late"] as const;
  const wanted = Object.fromEntries([...good.map((name) => [name, "done"]), ...bad.map((name) => [name, "failed"])]);
  assert.deepEqual(ended(steps, "look"), wanted);
  for (const name of good) assert.deepEqual([ended(steps, "change")[name], effects(name)], ["done", ["change"]], name);
  for (const name of bad) {
    assert.deepEqual(effects(name), [], name);
    assert.ok(
      reasons.some((reason) => reason.startsWith(`look on ${name}: `)),
      `${name}: ${reasons.join("\n")}`,
    );
  }
  const [year, late] = [new Date().getFullYear(), /look on late \| (\d+)/.exec(done.err)?.[1]];
  assert.ok(Number(late) < year, `its clock is another one: ${late}`);
  const shown = await wb(t, "runs", "show", "last", "--book", book);
  for (const name of bad) assert.match(shown.out, new RegExp(`look +${name} +FAILED`));
});

test("a host that is lost under a write leaves a doubt there alone; the others end well, a cancel names it", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  // What comes first is the mark of the run: without it nothing would have begun, and there were no doubt.
  const { book, effects } = await hosts(t, ["tears"], manual(CHANGE), `{ ${TOGETHER}, maxFailures: 1 }`);
  const runner = start(t, [MAIN, ...RUN, book]);
  await until("it is in doubt", 90, () => /in doubt +change on tears/.test(runner.said.err));
  for (const name of ["one", "two"]) {
    assert.match(runner.said.err, new RegExp(`done +change on ${name} `));
    assert.deepEqual(effects(name), ["change"]);
  }
  runner.child.kill("SIGKILL");
  await runner.ended;
  const why = ["--by", "lin", "--reason", "the host is gone", "--no-ask", "--json"];
  const cancelled = await wb(t, "runs", "cancel", "last", ...why, "--book", book);
  assert.equal(cancelled.code, 3, cancelled.err);
  const { state, reasons, steps } = JSON.parse(cancelled.out) as Done;
  assert.equal(state, "cancelled");
  assert.deepEqual([ended(steps, "change")["one"], ended(steps, "change")["two"]], ["done", "done"]);
  assert.match(reasons.join("\n"), /Step change began on tears, and nobody knows how it ended/);
  for (const name of ["one", "two"]) assert.deepEqual(effects(name), ["change"], "nothing is repeated");
});
