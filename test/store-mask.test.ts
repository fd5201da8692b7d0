import assert from "node:assert/strict";
import { test } from "node:test";
import { HIDDEN } from "../src/model/redact.ts";
import { formsOf } from "../src/store/output/forms.ts";
import { Mask } from "../src/store/output/mask.ts";

/** A repeatable stream of numbers below 1 (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The text through a mask, cut where `cut` says: bytes of the next chunk. */
function masked(text: string, secrets: Iterable<string>, cut: () => number = () => text.length * 3 + 1): string {
  const mask = new Mask(new Set(secrets));
  const bytes = Buffer.from(text);
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = Math.max(1, cut());
    out.push(Buffer.from(mask.push(bytes.subarray(at, at + size))));
    at += size;
  }
  return Buffer.concat([...out, mask.end()]).toString();
}

const SECRET = "s3cr3t/密钥+pa ss";
const b64 = (text: string) => Buffer.from(text).toString("base64");

test("a secret is hidden itself and as base64, base64url, URL, JSON and shells write it", () => {
  const secret = `${SECRET}'"\\`;
  const seen: readonly string[] = [
    secret,
    b64(secret),
    Buffer.from(secret).toString("base64url"),
    encodeURIComponent(secret),
    new URLSearchParams({ k: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("'", String.raw`'\''`),
  ];
  for (const form of seen) assert.equal(masked(`a ${form} b`, [secret]), `a ${HIDDEN} b`, form);
  const inner = b64(secret).slice(4, -4);
  for (const user of ["", "u", "us", "use", "user:"])
    for (const more of ["", "\n", "!!"]) assert.ok(!masked(b64(user + secret + more), [secret]).includes(inner));
});

test("a key file is hidden as a whole, line by line, indented, and in broken base64", () => {
  const body = Array.from({ length: 20 }, (_, n) => b64(`line ${n} ${"k".repeat(40)}`).slice(0, 64));
  const key = ["-----BEGIN PRIVATE KEY-----", ...body, "-----END PRIVATE KEY-----", ""].join("\n");
  assert.equal(masked(`key:\n${key}end`, [key]), `key:\n${HIDDEN}\nend`);
  const indented = masked(key.replaceAll(/^/gm, "    ").replaceAll("\n", "\r\n"), [key]);
  for (const line of body) assert.ok(!indented.includes(line));
  for (const width of [64, 76]) {
    const broken = b64(key).replaceAll(new RegExp(`.{${width}}`, "g"), "$&\n");
    const left = masked(broken, [key]).split("\n");
    for (const line of broken.split("\n").slice(0, -1)) assert.ok(!left.includes(line), line);
  }
});

test("a short secret is hidden only as a word of its own", () => {
  assert.equal(masked("pin 42, 142, 42x, x42, 42.", ["42"]), `pin ${HIDDEN}, 142, 42x, x42, ${HIDDEN}.`);
  assert.equal(masked("42", ["42"]), HIDDEN);
  assert.equal(masked("密42码", ["42"]), `密${HIDDEN}码`);
  assert.equal(masked("x-ab y", ["-ab", "ab"]), `x${HIDDEN} y`);
  assert.equal(masked("nothing to hide", ["", " ", "\n"]), "nothing to hide");
});

test("secrets that overlap, contain or repeat each other leave nothing of each other", () => {
  assert.equal(masked("xabcdefy", ["abcd", "cdef"]), `x${HIDDEN}y`);
  assert.equal(masked("xabcdey", ["abcde", "bcde"]), `x${HIDDEN}y`);
  assert.equal(masked("abcdabcd", ["abcd"]), HIDDEN.repeat(2));
  assert.equal(masked("xabababababz", ["abab"]), `x${HIDDEN}z`);
  // The longer one does not come after all: what looked like its beginning is shown, the shorter one is not.
  assert.equal(masked("--abcdefgX", ["abcdefgh", "bcdef"]), `--a${HIDDEN}gX`);
});

test("wherever the stream is cut, the result is the same and no form of a secret is in it", () => {
  const roll = dice(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)]!;
  const letters = Array.from("abAB1/+=% \n_-'\"密");
  const word = (least: number, most: number): string =>
    Array.from({ length: least + Math.floor(roll() * (most - least + 1)) }, () => pick(letters)).join("");
  for (let round = 0; round < 400; round++) {
    const secrets = Array.from({ length: 1 + Math.floor(roll() * 3) }, () => word(1, 9));
    const forms = secrets.flatMap((secret) => formsOf(secret).map(({ bytes }) => bytes.toString()));
    const text = Array.from({ length: 40 }, () => (forms.length > 0 && roll() < 0.4 ? pick(forms) : word(0, 6))).join(
      "",
    );
    const whole = masked(text, secrets);
    for (const cut of [() => 1, () => 1 + Math.floor(roll() * 5), () => Math.floor(roll() * 60)])
      assert.equal(masked(text, secrets, cut), whole, JSON.stringify({ secrets, text }));
    const long = secrets.flatMap(formsOf).filter(({ word: short }) => !short);
    // What only the mark joins is no secret: look between the marks.
    for (const piece of whole.split(HIDDEN))
      for (const { bytes } of long)
        assert.ok(!piece.includes(bytes.toString()), JSON.stringify({ secrets, text, whole }));
  }
});

test("large chunks, searched in another way, give the same", () => {
  const roll = dice(11);
  const filler = Array.from(
    { length: 3_000 },
    (_, n) => `line ${n} of hunt and hun ${Math.floor(roll() * 1e6)}\n`,
  ).join("");
  for (let round = 0; round < 60; round++) {
    const at = 9_000 + Math.floor(roll() * 12_000);
    const end = 5_000 + Math.floor(roll() * 9);
    const text = `${filler.slice(0, at)}hunter22${filler.slice(0, end)}hun`;
    const whole = `${filler.slice(0, at)}${HIDDEN}${filler.slice(0, end)}hun`;
    assert.equal(masked(text, ["hunter22"]), whole);
    // A cut within the secret, one right after it, and then chunks of their own.
    let cuts = 0;
    const cut = () => [at + Math.floor(roll() * 9), 4_096 + Math.floor(roll() * 3)][cuts++ % 2]!;
    assert.equal(masked(text, ["hunter22"], cut), whole);
  }
});

test("a secret that is learned while the stream flows is hidden from then on; what cannot matter is not held back", () => {
  const secrets = new Set<string>();
  const mask = new Mask(secrets);
  const shown = (text: string) => mask.push(Buffer.from(text)).toString();
  assert.equal(shown("before hunter22 "), "before hunter22 ");
  secrets.add("hunter22");
  assert.equal(shown("after hunter22 hun"), `after ${HIDDEN} `);
  secrets.add("hunger");
  assert.equal(shown("ger and h"), `${HIDDEN} and `);
  assert.equal(shown("i\n"), "hi\n");
  assert.equal(mask.end().toString(), "");
  assert.equal(shown("hunter2"), "");
  assert.equal(mask.end().toString(), "hunter2");
});
