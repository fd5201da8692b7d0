import assert from "node:assert/strict";
import { createPrivateKey, sign, verify } from "node:crypto";
import { test } from "node:test";
import { canonical, readCanonical } from "../src/evidence/canonical.ts";
import { noteKeyId, openCheckpoint, signCheckpoint, verifierKey } from "../src/evidence/checkpoint.ts";
import { open, preAuthentication, seal } from "../src/evidence/dsse.ts";
import { fingerprintOf, pemOf, publicKeyFromPem, publicKeyOf, signingKey, sshLineOf } from "../src/evidence/key.ts";
import { parsePublicKeys, parseSigners, validAt } from "../src/evidence/signers.ts";
import { Refusal } from "../src/evidence/refusal.ts";
import { WatchbookError } from "../src/model/error.ts";
import { folder } from "./kit/folder.ts";
import * as fc from "fast-check";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.reason.code === code;

/** The encoding once more, byte by byte, from the text of the DSSE specification. */
function secondOpinion(type: string, body: Uint8Array): number[] {
  const ascii = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));
  const typeBytes = [...new TextEncoder().encode(type)];
  return [
    ...ascii("DSSEv1"),
    0x20,
    ...ascii(String(typeBytes.length)),
    0x20,
    ...typeBytes,
    0x20,
    ...ascii(String(body.length)),
    0x20,
    ...body,
  ];
}

test("the pre-authentication encoding is the specification's own example, and that of a second implementation", () => {
  const example = preAuthentication("http://example.com/HelloWorld", Buffer.from("hello world"));
  assert.equal(example.toString(), "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  assert.equal(preAuthentication("", Buffer.alloc(0)).toString(), "DSSEv1 0  0 ");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.uint8Array(), (type, body) => {
      assert.deepEqual([...preAuthentication(type, body)], secondOpinion(type, body));
    }),
    { numRuns: 200, seed: 7 },
  );
});

test("keys are those of RFC 8032 and RFC 8410; the id is SHA-256 of the SPKI", () => {
  const raw = Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex");
  const key = publicKeyOf(raw);
  const secret = Buffer.from(
    "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "hex",
  );
  const privateKey = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
  const signature = sign(null, Buffer.alloc(0), privateKey).toString("hex");
  assert.ok(signature.startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
  assert.ok(verify(null, Buffer.alloc(0), key.key, Buffer.from(signature, "hex")));
  assert.equal(publicKeyFromPem(pemOf(key)).id, key.id);
  assert.match(key.id, /^[0-9a-f]{64}$/);
});

test("the verifier key of a signed note is that of the published example", () => {
  const raw = Buffer.from("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "base64").subarray(1);
  const key = publicKeyOf(raw);
  assert.equal(verifierKey("PeterNeumann", key), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line = Buffer.from(
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
    "base64",
  );
  assert.deepEqual(line.subarray(0, 4), noteKeyId("PeterNeumann", key));
  assert.ok(verify(null, Buffer.from(text), key.key, line.subarray(4)));
});

test("an envelope opens for a trusted key only, and not when a byte of it is another", (t) => {
  const [mine, strange] = [signingKey(`${folder(t)}/keys`), signingKey(`${folder(t)}/keys`)];
  const trust = [{ name: "me", key: mine.publicKey }];
  const text = seal({ b: 1, a: "中" }, mine);
  assert.deepEqual(open(text, "x", trust).payload, { a: "中", b: 1 });
  assert.throws(() => open(seal({ a: 1 }, strange), "x", trust), refusal("stranger"));
  for (let at = 0; at < text.length; at += 1) {
    const flipped = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    assert.throws(() => open(flipped, "x", trust), Refusal, `byte ${at}`);
  }
  const borrowed = JSON.parse(seal({ a: 1 }, strange)) as { signatures: { keyid: string }[] };
  borrowed.signatures[0]!.keyid = mine.publicKey.id;
  assert.throws(() => open(canonical(borrowed), "x", trust), refusal("bad-signature"));
});

test("a checkpoint opens for a trusted key only; cosignatures of others are allowed", (t) => {
  const [mine, strange] = [signingKey(`${folder(t)}/keys`), signingKey(`${folder(t)}/keys`)];
  const trust = [{ name: "me", key: mine.publicKey }];
  const checkpoint = { origin: "watchbook/evidence/x", size: 5, root: Buffer.alloc(32, 7) };
  const note = signCheckpoint(checkpoint, mine);
  assert.equal(openCheckpoint(note, "x", trust).size, 5);
  const witness = signCheckpoint(checkpoint, strange).split("\n").at(-2)!;
  assert.equal(openCheckpoint(`${note}${witness}\n`, "x", trust).size, 5);
  assert.throws(() => openCheckpoint(signCheckpoint(checkpoint, strange), "x", trust), refusal("stranger"));
  assert.throws(() => openCheckpoint(note.replace("\n5\n", "\n6\n"), "x", trust), refusal("bad-signature"));
  for (const bad of [
    note.replace("\n5\n", "\n05\n"),
    note.replace("\n5\n", "\n-1\n"),
    note.slice(1),
    note.slice(0, -1),
    "",
    "x",
  ])
    assert.throws(() => openCheckpoint(bad, "x", trust), Refusal);
});

test("JSON is read in its canonical form only", () => {
  assert.equal(
    canonical({ "\u20ac": 1, "\r": 2, "1": 3, ö: [1e21, 4.5, 0.002] }),
    '{"\\r":2,"1":3,"ö":[1e+21,4.5,0.002],"€":1}',
  );
  for (const bad of ['{"a":1,"a":1}', '{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', '{"a":1}\n', '\ufeff{"a":1}'])
    assert.throws(() => readCanonical(bad, "x"), Refusal, bad);
  for (const bad of ['{"a":NaN}', "{", ""]) assert.throws(() => readCanonical(bad, "x"), refusal("not-json"), bad);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800"]) assert.throws(() => canonical({ bad }));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(readCanonical(canonical(value), "x"), JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 300, seed: 7 },
  );
});

test("a signers file is OpenSSH's, limits and all; what is not understood is an error with its line", (t) => {
  const { publicKey } = signingKey(`${folder(t)}/keys`);
  const key = sshLineOf(publicKey);
  const text = `# people\n\nli ${key} comment here\nold namespaces="watchbook,git",valid-after="20260101",valid-before="20261231Z" ${key}\nelsewhere namespaces="git" ${key}\n`;
  const signers = parseSigners(text, "signers");
  assert.deepEqual(
    signers.map(({ name }) => name),
    ["li", "old"],
  );
  assert.equal(signers[0]!.key.id, publicKey.id);
  const valid = (day: string) => validAt(signers[1]!, Date.parse(`${day}T00:00:00Z`));
  assert.deepEqual([valid("2025-12-31"), valid("2026-01-01"), valid("2026-12-31")], [false, true, false]);
  for (const bad of [
    "li",
    `li ssh-rsa AAAA`,
    `li ${key.slice(0, -3)}`,
    `li valid-after="tomorrow" ${key}`,
    `li cert-authority ${key}`,
    `li from="x ${key}`,
  ])
    assert.throws(
      () => parseSigners(`# one\n${bad}\n`, "signers"),
      (error: unknown) => error instanceof WatchbookError && error.args["line"] === 2,
      bad,
    );
  for (const one of [pemOf(publicKey), key, `li ${key}`])
    assert.equal(parsePublicKeys(one, "k")[0]!.key.id, publicKey.id);
  for (const bad of ["", "-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----\n", "# nothing\n"])
    assert.throws(() => parsePublicKeys(bad, "k"), WatchbookError);
  assert.match(fingerprintOf(publicKey), /^SHA256:[A-Za-z0-9+/]{43}$/);
});
