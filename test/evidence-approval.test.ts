// Approvals by SSH signature: the program and ssh-keygen must agree, in both directions, on every kind of key.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { allowedSigners } from "../src/evidence/approval/recipe.ts";
import { readApproval } from "../src/evidence/approval/text.ts";
import { verifySsh } from "../src/evidence/approval/verify.ts";
import { keyOfLine, sshFingerprint } from "../src/evidence/approval/key.ts";
import { Flaw, wired } from "../src/evidence/approval/wire.ts";
import { APPROVAL_NAMESPACE, approvalText } from "../src/model/gate.ts";
import { folder } from "./kit/folder.ts";
import { armoured, KINDS, signedData, sshKey, sshSign, sshVerifies, tokenEcdsa, tokenEd25519 } from "./kit/ssh-keys.ts";
import { needs } from "./live/needs.ts";

const TEXT = approvalText({ run: "r1", gate: "plan", digest: `sha256:${"0".repeat(64)}`, person: "li" });

/** The code with which it is refused; undefined when it is believed. */
function flaw(text: string, signature: string, namespace = APPROVAL_NAMESPACE): string | undefined {
  try {
    verifySsh(text, signature, namespace);
    return undefined;
  } catch (error) {
    if (error instanceof Flaw) return error.code;
    throw error;
  }
}

const person = (line: string) => ({ id: "li", name: "Li", roles: [], key: line });

test("what ssh-keygen signs is believed, for every kind of key and hash; one changed character is not", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const place = folder(t);
  for (const [type, bits] of KINDS)
    for (const hash of ["sha256", "sha512"]) {
      const key = sshKey(place, `${type}-${bits}-${hash}`, type, bits);
      const signature = sshSign(key, TEXT, APPROVAL_NAMESPACE, ["-O", `hashalg=${hash}`]);
      const signed = verifySsh(TEXT, signature, APPROVAL_NAMESPACE);
      assert.ok(signed.key.equals(keyOfLine(key.line)), type);
      assert.equal(flaw(TEXT.replace("r1", "r2"), signature), "wrong", type);
      assert.equal(flaw(`${TEXT}\n`, signature), "wrong", type);
      assert.ok(sshVerifies(place, allowedSigners([person(key.line)]), "li", TEXT, signature), type);
    }
});

test("what we refuse in a signature of hardware keys, and what we believe, ssh-keygen judges the same way", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const place = folder(t);
  for (const key of [tokenEd25519(), tokenEcdsa()]) {
    const signers = allowedSigners([person(key.line)]);
    const good = key.sign(TEXT);
    assert.ok(verifySsh(TEXT, good, APPROVAL_NAMESPACE).key.equals(key.blob));
    assert.ok(sshVerifies(place, signers, "li", TEXT, good), key.line);
    assert.equal(flaw(TEXT.replace("r1", "r2"), good), "wrong");
    assert.ok(!sshVerifies(place, signers, "li", TEXT.replace("r1", "r2"), good));
    // With PIN too, and another counter: both are signed.
    assert.equal(flaw(TEXT, key.sign(TEXT, 5, 4_000_000_000)), undefined);
    // An approval is a person's act: a key that nobody touched is no person.
    assert.equal(flaw(TEXT, key.sign(TEXT, 0)), "untouched");
  }
});

test("other namespaces, weak and foreign keys, and algorithms that do not fit the key are refused", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const place = folder(t);
  const key = sshKey(place, "key");
  assert.equal(flaw(TEXT, sshSign(key, TEXT, "git")), "namespace");
  assert.equal(flaw(TEXT, sshSign(sshKey(place, "weak", "rsa", "1024"), TEXT)), "unsupported");
  const blob = keyOfLine(key.line);
  const any = Buffer.concat([wired("rsa-sha2-512"), wired(randomBytes(64))]);
  assert.equal(flaw(TEXT, armoured(blob, any)), "unsupported");
  const short = Buffer.concat([wired("ssh-ed25519"), wired(randomBytes(63))]);
  assert.equal(flaw(TEXT, armoured(blob, short)), "malformed");
  assert.equal(flaw(TEXT, armoured(Buffer.concat([blob, Buffer.of(0)]), short)), "malformed");
  assert.equal(flaw(TEXT, armoured(Buffer.concat([wired("constructor"), wired("x")]), short)), "unsupported");
  assert.equal(flaw(TEXT, armoured(blob, short, APPROVAL_NAMESPACE, "md5")), "unsupported");
  assert.ok(signedData(TEXT).length > 80);
});

test("certificates are refused: the book names keys, not authorities", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  assert.throws(
    () =>
      keyOfLine(
        `ssh-ed25519-cert-v01@openssh.com ${Buffer.concat([wired("ssh-ed25519-cert-v01@openssh.com")]).toString("base64")}`,
      ),
    Flaw,
  );
});

test("no bytes crash the reader: any text, any change of a good signature ends as believed or refused", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const place = folder(t);
  const signatures = KINDS.map(([type, bits]) => sshSign(sshKey(place, `k-${type}-${bits}`, type, bits), TEXT));
  signatures.push(tokenEd25519().sign(TEXT), tokenEcdsa().sign(TEXT));
  const changed = fc.property(
    fc.constantFrom(...signatures),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
    fc.option(fc.nat()),
    (signature, changes, cut) => {
      const bytes = Buffer.from(signature.split("\n").slice(1, -2).join(""), "base64");
      const before = Buffer.from(bytes);
      for (const [at, mask] of changes) bytes[at % bytes.length]! ^= mask;
      const kept = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
      const lines = kept.toString("base64").match(/.{1,70}/g) ?? [];
      const text = `-----BEGIN SSH SIGNATURE-----\n${lines.join("\n")}\n-----END SSH SIGNATURE-----\n`;
      if (!before.equals(kept)) assert.notEqual(flaw(TEXT, text), undefined);
    },
  );
  fc.assert(changed, { numRuns: 800 });
  fc.assert(fc.property(fc.string(), (text) => assert.notEqual(flaw(TEXT, text), undefined)));
  assert.equal(
    flaw(TEXT, `-----BEGIN SSH SIGNATURE-----\n${"A".repeat(40_000)}\n-----END SSH SIGNATURE-----\n`),
    "malformed",
  );
});

test("fingerprints are those of ssh-keygen -l; lines that are no keys are refused", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const key = sshKey(folder(t), "key");
  const said = execFileSync("ssh-keygen", ["-l", "-f", `${key.file}.pub`], { encoding: "utf8" });
  assert.ok(said.includes(` ${sshFingerprint(keyOfLine(key.line))} `), said);
  for (const line of [
    "",
    "ssh-ed25519",
    "ssh-ed25519 AAAA",
    "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])
    assert.throws(() => keyOfLine(line), Flaw, line);
});

test("the text of an approval is read back exactly, and nothing else is taken for one", () => {
  assert.deepEqual(readApproval(TEXT), { run: "r1", gate: "plan", digest: `sha256:${"0".repeat(64)}`, person: "li" });
  for (const other of [
    "",
    TEXT.slice(0, -1),
    `${TEXT}\n`,
    TEXT.replace("approval 1", "approval 2"),
    `x${TEXT}`,
    TEXT.replaceAll("\n", "\r\n"),
  ])
    assert.equal(readApproval(other), undefined, JSON.stringify(other));
  assert.equal(readApproval(approvalText({ run: "r\ngate x", gate: "g", digest: "d", person: "p" })), undefined);
});
