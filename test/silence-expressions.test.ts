// Expressions of silences: what Prometheus takes, matched whole, in time proportional to the text.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { silenceOf } from "../src/desk/alert/index.ts";
import { matcherOf, matchesAll } from "../src/model/silence.ts";

function matches(source: string, text: string): boolean {
  const matcher = matcherOf(`service=~${source}`);
  assert.ok(matcher, source);
  return matchesAll([matcher], { service: text });
}

test("expressions match the whole value, as Prometheus has them", () => {
  const yes: readonly (readonly [string, string])[] = [
    ["web-\\d+", "web-12"],
    ["a|bc", "bc"],
    ["(?:a|b)*c", "ababc"],
    ["^web$", "web"],
    ["x{2,3}", "xxx"],
    ["x{2}", "xx"],
    ["(?i)Shop", "sHOP"],
    ["(?P<n>a)b", "ab"],
    ["[^a-c]x", "dx"],
    ["[]a]+", "]a"],
    ["[[:alpha:]_]+", "ab_"],
    ["\\p{Han}+", "磁盘"],
    ["\\x41\\x{1F4A3}", "A\u{1F4A3}"],
    ["a\\.b", "a.b"],
    ["\\bweb\\b.*", "web 1"],
    ["", ""],
    [".*?", "anything"],
    ["a{,2}", "a{,2}"],
    ["[a-]", "-"],
  ];
  for (const [source, text] of yes) assert.ok(matches(source, text), `${source} ${text}`);
  const no: readonly (readonly [string, string])[] = [
    ["web", "web-1"],
    ["eb", "web"],
    ["x{2,3}", "xxxx"],
    [".", "\n"],
    ["a|bc", "abc"],
    ["(?i:a)b", "AB"],
    ["[a-c]", "d"],
  ];
  for (const [source, text] of no) assert.ok(!matches(source, text), `${source} ${text}`);
});

test("what is broken or not regular is refused: references back, looks around, repeats without end", () => {
  const bad = ["(", "a)", "[a", "*", "a**", "(?=a)", "(?<=a)b", "(?!a)", "(a)\\1", "\\q", "x{3,2}", "x{1001}", "[z-a]"];
  for (const source of [...bad, "\\p{Nothing}", "[[:none:]]", "((a{100}){100}){100}", "\\", "(?x)a"]) {
    assert.equal(matcherOf(`service=~${source}`), undefined, source);
  }
});

test("an expression made to take forever is answered at once", () => {
  const text = `${"a".repeat(511)}!`;
  for (const source of ["(a+)+", "(a|aa)*", "(a*)*b", "(.*)*x", `${".*".repeat(100)}x`, "(?:a?){250}a{250}"])
    assert.ok(!matches(source, text), source);
  // A silence with one holds off nobody else: ten thousand labels are judged by it.
  const matcher = matcherOf("target=~(a|a?)+")!;
  const hits = Array.from({ length: 2_000 }, (_, n) => ({ target: `${"a".repeat(30)}${n}` }));
  assert.equal(hits.filter((labels) => matchesAll([matcher], labels)).length, 0);
  const ask = { match: ["target=~(a+)+\\1"], forMs: 1_000, by: "li", reason: "r", everything: false };
  assert.throws(() => silenceOf(ask, 0), { code: "SILENCE-MATCHER" });
});

const piece: fc.Memo<string> = fc.memo((depth) => {
  const flat = fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "(?:)", "^", "$", "\\b", "\\B");
  if (depth <= 1) return flat;
  const inner = piece(depth - 1);
  return fc.oneof(
    flat,
    fc.tuple(inner, inner).map(([a, b]) => a + b),
    fc.tuple(inner, inner).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(inner, fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}")).map(([a, times]) => `(?:${a})${times}`),
  );
});

test("where a backtracking engine has an answer, it is the same", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " "), maxLength: 6 });
  fc.assert(
    fc.property(piece(4), text, (source, given) => {
      assert.equal(matches(source, given), new RegExp(`^(?:${source})$`, "u").test(given));
    }),
    { numRuns: 1_000 },
  );
});
