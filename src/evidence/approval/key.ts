import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { Flaw, Wire } from "./wire.ts";

/** Checks a signature (algorithm and body in SSH's own form) over `data`. @throws Flaw malformed, unsupported, wrong, untouched. */
export type Check = (data: Buffer, signature: Buffer) => void;

type Reader = (rest: Wire) => Check;

/** A signature of this algorithm: what follows its name. */
function opened(signature: Buffer, algorithm: string): Wire {
  const wire = new Wire(signature);
  const said = wire.text();
  if (said !== algorithm) throw new Flaw("unsupported");
  return wire;
}

const must = (good: boolean): void => {
  if (!good) throw new Flaw("wrong");
};

/** A key that the crypto library takes; a point off its curve, for instance, it does not. */
function keyFrom(jwk: Record<string, string>): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    throw new Flaw("malformed");
  }
}

const url = (bytes: Buffer): string => bytes.toString("base64url");

function ed25519(rest: Wire): KeyObject {
  const raw = rest.bytes();
  if (raw.length !== 32) throw new Flaw("malformed");
  return keyFrom({ kty: "OKP", crv: "Ed25519", x: url(raw) });
}

/** Bytes of a coordinate, hash, and JWK's name of each curve. */
const CURVES = {
  nistp256: { size: 32, hash: "sha256", crv: "P-256" },
  nistp384: { size: 48, hash: "sha384", crv: "P-384" },
  nistp521: { size: 66, hash: "sha512", crv: "P-521" },
} as const;
type Curve = keyof typeof CURVES;

function ecdsa(rest: Wire, curve: Curve): KeyObject {
  const { size, crv } = CURVES[curve];
  if (rest.text() !== curve) throw new Flaw("malformed");
  const point = rest.bytes();
  if (point.length !== 1 + 2 * size || point[0] !== 4) throw new Flaw("malformed");
  return keyFrom({ kty: "EC", crv, x: url(point.subarray(1, 1 + size)), y: url(point.subarray(1 + size)) });
}

/** r and s as numbers, put together as the crypto library takes them (IEEE P1363). */
function pair(blob: Buffer, size: number): Buffer {
  const wire = new Wire(blob);
  const both = Buffer.concat([wire.number(size), wire.number(size)]);
  wire.end();
  return both;
}

const plainEd25519: Reader = (rest) => {
  const key = ed25519(rest);
  rest.end();
  return (data, signature) => {
    const wire = opened(signature, "ssh-ed25519");
    const bytes = wire.bytes();
    wire.end();
    if (bytes.length !== 64) throw new Flaw("malformed");
    must(verify(null, data, key, bytes));
  };
};

const plainEcdsa =
  (curve: Curve): Reader =>
  (rest) => {
    const key = ecdsa(rest, curve);
    rest.end();
    const { hash, size } = CURVES[curve];
    return (data, signature) => {
      const wire = opened(signature, `ecdsa-sha2-${curve}`);
      const bytes = pair(wire.bytes(), size);
      wire.end();
      must(verify(hash, data, { key, dsaEncoding: "ieee-p1363" }, bytes));
    };
  };

/** Bits of an RSA key: below that it proves little, above it costs a verifier too much. */
const [LEAST_BITS, MOST_BITS] = [2048, 16_384];

const rsa: Reader = (rest) => {
  const [e, n] = [rest.number(8), rest.number(MOST_BITS / 8)];
  rest.end();
  const strip = (bytes: Buffer): Buffer => bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const modulus = strip(n);
  if (modulus.length * 8 < LEAST_BITS) throw new Flaw("unsupported");
  const key = keyFrom({ kty: "RSA", e: url(strip(e)), n: url(modulus) });
  return (data, signature) => {
    const wire = new Wire(signature);
    const algorithm = wire.text();
    if (algorithm !== "rsa-sha2-256" && algorithm !== "rsa-sha2-512") throw new Flaw("unsupported");
    const hash = algorithm === "rsa-sha2-256" ? "sha256" : "sha512";
    const bytes = wire.bytes();
    wire.end();
    if (bytes.length > modulus.length) throw new Flaw("malformed");
    must(verify(hash, data, key, Buffer.concat([Buffer.alloc(modulus.length - bytes.length), bytes])));
  };
};

const TOUCHED = 0x01;

/** What a FIDO key signed: digest of its application, flags, counter, digest of the data (OpenSSH PROTOCOL.u2f). */
function hardware(data: Buffer, application: Buffer, tail: Wire): Buffer {
  const flags = tail.take(1);
  const counter = tail.take(4);
  tail.end();
  if ((flags[0]! & TOUCHED) === 0) throw new Flaw("untouched");
  const digest = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
  return Buffer.concat([digest(application), flags, counter, digest(data)]);
}

const hardwareEd25519: Reader = (rest) => {
  const key = ed25519(rest);
  const application = rest.bytes();
  rest.end();
  return (data, signature) => {
    const wire = opened(signature, "sk-ssh-ed25519@openssh.com");
    const bytes = wire.bytes();
    if (bytes.length !== 64) throw new Flaw("malformed");
    must(verify(null, hardware(data, application, wire), key, bytes));
  };
};

const hardwareEcdsa: Reader = (rest) => {
  const key = ecdsa(rest, "nistp256");
  const application = rest.bytes();
  rest.end();
  return (data, signature) => {
    const wire = opened(signature, "sk-ecdsa-sha2-nistp256@openssh.com");
    const bytes = pair(wire.bytes(), CURVES.nistp256.size);
    must(verify("sha256", hardware(data, application, wire), { key, dsaEncoding: "ieee-p1363" }, bytes));
  };
};

/** Kinds of keys by the name they begin with. Certificates and DSA are not among them. */
const KINDS: Readonly<Record<string, Reader>> = {
  "ssh-ed25519": plainEd25519,
  "ecdsa-sha2-nistp256": plainEcdsa("nistp256"),
  "ecdsa-sha2-nistp384": plainEcdsa("nistp384"),
  "ecdsa-sha2-nistp521": plainEcdsa("nistp521"),
  "ssh-rsa": rsa,
  "sk-ssh-ed25519@openssh.com": hardwareEd25519,
  "sk-ecdsa-sha2-nistp256@openssh.com": hardwareEcdsa,
};

/** How signatures of a key (in SSH's own form) are checked. @throws Flaw malformed, unsupported. */
export function checkerOf(blob: Buffer): Check {
  const wire = new Wire(blob);
  const kind = wire.text();
  if (!Object.hasOwn(KINDS, kind)) throw new Flaw("unsupported");
  return KINDS[kind]!(wire);
}

/**
 * The key of a line `ssh-ed25519 AAAA… comment`, as authorized_keys and .pub files have it, in SSH's own form.
 * @throws Flaw malformed, unsupported.
 */
export function keyOfLine(line: string): Buffer {
  const [, kind = "", base64 = ""] = /^\s*(\S+)\s+([A-Za-z0-9+/=]+)(?:\s.*)?$/.exec(line) ?? [];
  const blob = Buffer.from(base64, "base64");
  if (blob.length === 0 || blob.toString("base64") !== base64) throw new Flaw("malformed");
  if (new Wire(blob).text() !== kind) throw new Flaw("malformed");
  checkerOf(blob);
  return blob;
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. */
export const sshFingerprint = (blob: Buffer): string =>
  `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`;
