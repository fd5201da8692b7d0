// An Ed25519 key in OpenSSH's own format (PROTOCOL.key): most tests need persons with keys, not ssh-keygen, which a small
// machine has not.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { wired } from "../../src/evidence/approval/wire.ts";

const KIND = "ssh-ed25519";
const ONE = Buffer.of(0, 0, 0, 1);

/** The private part, padded with 1, 2, 3 … to whole blocks of 8 bytes. */
function secret(own: Buffer, seen: Buffer, comment: string): Buffer {
  const check = randomBytes(4);
  const body = Buffer.concat([
    check,
    check,
    wired(KIND),
    wired(seen),
    wired(Buffer.concat([own, seen])),
    wired(comment),
  ]);
  return Buffer.concat([body, Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (body.length % 8)) % 8)]);
}

/** Writes the private key without a passphrase into `file`, its public line into `file`.pub; gives that line. */
export function writeKey(file: string, comment: string): string {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const seen = Buffer.from(x, "base64url");
  const blob = Buffer.concat([wired(KIND), wired(seen)]);
  const whole = Buffer.concat([
    ...[Buffer.from("openssh-key-v1\0"), wired("none"), wired("none"), wired(""), ONE, wired(blob)],
    wired(secret(Buffer.from(d, "base64url"), seen, comment)),
  ]);
  const lines = whole.toString("base64").match(/.{1,70}/g)!;
  const pem = `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
  writeFileSync(file, pem, { mode: 0o600 });
  const line = `${KIND} ${blob.toString("base64")} ${comment}`;
  writeFileSync(`${file}.pub`, `${line}\n`);
  return line;
}
