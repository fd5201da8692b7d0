// The writers of a drill against a client of the test's own, which answers as it is told to: what they note is what was said.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ledgerIn } from "../src/kinds/load/ledger.ts";
import { Load, type LoadGiven } from "../src/kinds/load/load.ts";
import { systemClock } from "../src/model/time.ts";
import { folder } from "./kit/folder.ts";
import { until } from "./kit/until.ts";

/** A client in sh that reads statements: `answer` does what it answers to row $1, `before` what it does before it is connected. */
function writers(t: TestContext, answer: string, more: Partial<LoadGiven> = {}, before = ":", addresses = 1) {
  const place = folder(t);
  const at = join(place, "load");
  mkdirSync(at);
  writeFileSync(join(at, "ledger"), "");
  const client = `while read -r what id; do
    case $what in
      hello) ${before}; echo "1 ready" ;;
      make) echo made >>"${place}/made"; echo made ;;
      remove) echo gone >"${place}/removed"; echo removed ;;
      row) set -- "$id"; ${answer} ;;
    esac
  done`;
  const writer = {
    addresses,
    ...{ argv: ["sh", "-c", client], env: { PATH: process.env["PATH"] ?? "" } },
    ...{ hello: "hello -", make: "make -", insert: "row {id}", touch: "row {id}", remove: "remove -" },
  };
  const load = new Load({ folder: at, writer, table: "t", rate: 200, connections: 2, limit: 60, ...more }, systemClock);
  const ledger = () => ledgerIn(readFileSync(join(at, "ledger"), "utf8"));
  const say = (name: string): void => writeFileSync(join(at, name), "");
  return { place, at, load, ledger, say };
}

test("each row is noted when it is sent and when it is confirmed; told to stop they end whole, told to end they tidy up", async (t) => {
  const { place, load, ledger, say } = writers(t, 'echo "$1 7"');
  const done = load.run();
  await until(() => ledger().rows.size >= 50);
  say("stop");
  await until(() => ledger().whole);
  const { rows, errors } = ledger();
  assert.deepEqual(
    [...rows.keys()],
    Array.from({ length: rows.size }, (_, n) => n + 1),
  );
  assert.ok([...rows.values()].every(({ sent, acked, mark }) => acked !== undefined && acked >= sent && mark === "7"));
  assert.deepEqual(errors, []);
  say("end");
  await done;
  assert.equal(readFileSync(join(place, "removed"), "utf8"), "gone\n");
});

test("a warning beside an answer, an error, another row's answer and no answer at all leave a row in doubt", async (t) => {
  const cases = [
    ['echo "WARNING: the wait was broken off"; echo "$1 7"', /WARNING/],
    ['echo "ERROR: no" >&2', /ERROR: no/],
    ['echo "999999 7"', /999999 7/],
    ["exit 3", /ended/],
  ] as const;
  for (const [answer, why] of cases) {
    const { load, ledger, say } = writers(t, `if [ "$1" -gt 5 ]; then ${answer}; else echo "$1 7"; fi`);
    const done = load.run();
    await until(() => ledger().errors.length > 2);
    say("end");
    await done;
    const { rows, detail } = ledger();
    for (const { id, acked } of rows.values()) assert.equal(acked !== undefined, id <= 5, `${answer}: ${id}`);
    assert.match(detail, why);
  }
});

test("a client that says nothing more is given up after two seconds, and its row is in doubt", async (t) => {
  const { load, ledger, say } = writers(t, '[ "$1" -gt 2 ] || echo "$1 7"');
  const done = load.run();
  await until(() => ledger().errors.length > 0);
  say("end");
  await done;
  assert.match(ledger().detail, /no answer in 2000 ms/);
});

test("of several addresses the first may take its whole time before the next one is tried", async (t) => {
  // As a frozen server does: the connection stands, and nobody answers.
  const { load, ledger, say } = writers(t, 'echo "$1 7"', {}, "sleep 2.3", 2);
  const done = load.run();
  await until(() => ledger().rows.size > 10);
  say("end");
  await done;
  assert.deepEqual(ledger().errors, []);
});

test("they end by themselves at their limit, and when their folder is gone", async (t) => {
  const limited = writers(t, 'echo "$1 7"', { limit: 1 });
  await limited.load.run();
  assert.equal(limited.ledger().whole, true);
  const left = writers(t, 'echo "$1 7"');
  const done = left.load.run();
  await until(() => left.ledger().rows.size > 10);
  rmSync(left.at, { recursive: true });
  await done;
});

test("after an error the table is made again, in case it did not come over", async (t) => {
  const { place, load, ledger, say } = writers(t, 'if [ "$1" = 3 ]; then echo "ERROR: no table"; else echo "$1 7"; fi');
  const done = load.run();
  await until(() => ledger().rows.size > 20);
  say("end");
  await done;
  assert.equal(readFileSync(join(place, "made"), "utf8"), "made\nmade\n");
});
