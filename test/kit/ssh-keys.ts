// Keys and signatures of OpenSSH: real ones, and those of hardware keys built by hand from
// PROTOCOL.sshsig and PROTOCOL.u2f, since no hardware key is at hand.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wired } from "../../src/evidence/approval/wire.ts";
import { APPROVAL_NAMESPACE } from "../../src/model/gate.ts";
import { writeKey } from "./openssh-key.ts";

/** A private key as a file, and its public line. */
export interface SshKey {
  readonly file: string;
  readonly line: string;
}

/** Types that ssh-keygen makes without hardware, with the bits asked for. */
export const KINDS = [
  ["ed25519", undefined],
  ["ecdsa", "256"],
  ["ecdsa", "384"],
  ["ecdsa", "521"],
  ["rsa", "2048"],
  ["rsa", "3072"],
] as const;

/** A key without a passphrase; of any type but Ed25519, and any size, `ssh-keygen` makes it. */
export function sshKey(folder: string, name: string, type = "ed25519", bits?: string): SshKey {
  const file = join(folder, name);
  if (type === "ed25519") return { file, line: writeKey(file, `${name}@test`) };
  const size = bits === undefined ? [] : ["-b", bits];
  execFileSync("ssh-keygen", ["-q", "-t", type, ...size, "-N", "", "-C", `${name}@test`, "-f", file]);
  return { file, line: readFileSync(`${file}.pub`, "utf8").trim() };
}

/** `ssh-keygen -Y sign`: the armoured signature. */
export function sshSign(
  key: SshKey,
  text: string,
  namespace = APPROVAL_NAMESPACE,
  more: readonly string[] = [],
): string {
  const file = `${key.file}.text`;
  writeFileSync(file, text);
  rmSync(`${file}.sig`, { force: true });
  execFileSync("ssh-keygen", ["-Y", "sign", "-n", namespace, "-f", key.file, ...more, file], { stdio: "ignore" });
  return readFileSync(`${file}.sig`, "utf8");
}

/** Does `ssh-keygen -Y verify` believe it? `signers`: text of an allowed_signers file. */
export function sshVerifies(
  folder: string,
  signers: string,
  person: string,
  text: string,
  signature: string,
  namespace = APPROVAL_NAMESPACE,
): boolean {
  writeFileSync(join(folder, "allowed_signers"), signers);
  writeFileSync(join(folder, "text.sig"), signature);
  const argv = ["-Y", "verify", "-n", namespace, "-f", "allowed_signers", "-I", person, "-s", "text.sig"];
  return spawnSync("ssh-keygen", argv, { cwd: folder, input: text }).status === 0;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const sha256 = (data: Buffer | string): Buffer => createHash("sha256").update(data).digest();

/** A number in SSH's own form, without needless zeros. */
function number(bytes: Buffer): Buffer {
  const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return wired(digits[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** A signature of any parts, armoured as ssh-keygen does. */
export function armoured(key: Buffer, signature: Buffer, namespace = APPROVAL_NAMESPACE, hash = "sha512"): string {
  const blob = Buffer.concat([
    Buffer.from("SSHSIG"),
    uint32(1),
    wired(key),
    wired(namespace),
    wired(""),
    wired(hash),
    wired(signature),
  ]);
  const lines = blob.toString("base64").match(/.{1,70}/g)!;
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join("\n")}\n-----END SSH SIGNATURE-----\n`;
}

/** What is signed for a text: PROTOCOL.sshsig §2. */
export const signedData = (text: string, namespace = APPROVAL_NAMESPACE, hash = "sha512"): Buffer =>
  Buffer.concat([
    Buffer.from("SSHSIG"),
    wired(namespace),
    wired(""),
    wired(hash),
    wired(createHash(hash).update(text).digest()),
  ]);

/** A hardware key by hand: its secret lies here instead of in a token. */
export interface TokenKey {
  readonly line: string;
  readonly blob: Buffer;
  sign(text: string, flags?: number, counter?: number): string;
}

const APPLICATION = "ssh:";

function token(kind: string, body: Buffer, signer: (data: Buffer) => Buffer): TokenKey {
  const blob = Buffer.concat([wired(kind), body, wired(APPLICATION)]);
  return {
    blob,
    line: `${kind} ${blob.toString("base64")} token`,
    sign: (text, flags = 1, counter = 7) => {
      const tail = Buffer.concat([Buffer.of(flags), uint32(counter)]);
      const data = Buffer.concat([sha256(APPLICATION), tail, sha256(signedData(text))]);
      return armoured(blob, Buffer.concat([wired(kind), wired(signer(data)), tail]));
    },
  };
}

const rawOf = (key: KeyObject): { readonly x: Buffer; readonly y: Buffer } => {
  const { x = "", y = "" } = createPublicKey(key).export({ format: "jwk" });
  return { x: Buffer.from(x, "base64url"), y: Buffer.from(y, "base64url") };
};

export function tokenEd25519(): TokenKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const signer = (data: Buffer): Buffer =>
    sign(null, data, createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })));
  return token("sk-ssh-ed25519@openssh.com", wired(rawOf(privateKey).x), signer);
}

export function tokenEcdsa(): TokenKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const { x, y } = rawOf(privateKey);
  const body = Buffer.concat([wired("nistp256"), wired(Buffer.concat([Buffer.of(4), x, y]))]);
  return token("sk-ecdsa-sha2-nistp256@openssh.com", body, (data) => {
    const both = sign("sha256", data, { key: privateKey, dsaEncoding: "ieee-p1363" });
    return Buffer.concat([number(both.subarray(0, 32)), number(both.subarray(32))]);
  });
}
