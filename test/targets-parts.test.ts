import assert from "node:assert/strict";
import { test } from "node:test";
import { Parts } from "../src/kinds/targets/framed/parts.ts";
import { beginningOf } from "../src/kinds/targets/posix/token.ts";
import { Marks } from "../src/kinds/targets/ssh/marks.ts";

const TOKEN = "aab-token";

/** Ways to cut a text in two, and into single bytes. */
function* cut(text: string, hear: () => (chunk: Buffer) => void): Generator<void> {
  const whole = Buffer.from(text, "latin1");
  const cuts = Array.from({ length: whole.length + 1 }, (_, at) => [whole.subarray(0, at), whole.subarray(at)]);
  for (const pieces of [...cuts, Array.from(whole, (_, at) => whole.subarray(at, at + 1))]) {
    const push = hear();
    for (const piece of pieces) push(Buffer.from(piece));
    yield;
  }
}

test("parts: wherever a stream is cut, its parts are the same, and no chunk is kept", () => {
  let got: string[] = [];
  const parts = (): ((chunk: Buffer) => void) => {
    got = [""];
    const each = new Parts(
      TOKEN,
      (chunk) => (got[got.length - 1] += chunk.toString("latin1")),
      (words) => got.push(words.join("|"), ""),
    );
    // Whoever gives a chunk may use it again.
    return (chunk) => (each.push(chunk), void chunk.fill("#"));
  };
  const text = `a\0aaab-toke\n${TOKEN} 0 exit\nno line end aab${TOKEN} 1 x\n${TOKEN} 2 y\n\xff rest`;
  for (const _ of cut(text, parts))
    assert.deepEqual(got, ["a\0aaab-toke\n", "0|exit", "no line end aab", "1|x", "", "2|y", "\u00ff rest"]);
});

test("marks: wherever an output is cut, what stands between is the same", () => {
  let between = "";
  let marks = new Marks(TOKEN, () => undefined);
  const open = (): ((chunk: Buffer) => void) => {
    between = "";
    marks = new Marks(TOKEN, (chunk) => (between += chunk.toString("latin1")));
    return (chunk) => marks.push(chunk);
  };
  for (const _ of cut(`welcome\n${TOKEN}\naab-tok out\naa${TOKEN} exit 3\nbehind`, open))
    assert.deepEqual([between, marks.last], ["aab-tok out\naa", "exit 3"]);
  for (const _ of cut("welcome, aab-tok", open))
    assert.deepEqual([marks.begun, marks.noise], [false, "welcome, aab-tok"]);
});

test("tokens: the longest end that may be their beginning", () => {
  const at = (held: string): number => beginningOf(Buffer.from(TOKEN), Buffer.from(held));
  const held = ["", "x", "a", "aa", "aaa", "aab", "xaab-toke", "aab-tokx", "aab-token"];
  assert.deepEqual(held.map(at), [0, 0, 1, 2, 2, 3, 8, 0, 0]);
});
