/** Thrown inside the reading of a key or a signature; ends as a refusal with this code. */
export class Flaw extends Error {
  readonly code: FlawCode;
  constructor(code: FlawCode) {
    super(code);
    this.name = "Flaw";
    this.code = code;
  }
}

/** Why a signature is none, or not one that is believed: part of the codes of `judgeApproval`. */
export const FLAWS = [
  /** Not an armoured SSH signature, or bytes of it that cannot be. */
  "malformed",
  /** A certificate, a key or an algorithm that is not taken: DSA, RSA under 2048 bits, RSA with SHA-1, webauthn. */
  "unsupported",
  /** Made for something else: another namespace. */
  "namespace",
  /** It does not fit the text. */
  "wrong",
  /** A hardware key that nobody touched. */
  "untouched",
] as const;
export type FlawCode = (typeof FLAWS)[number];

/** SSH's own encoding (RFC 4251 §5), read strictly: what is too short, too long or spelled another way is malformed. */
export class Wire {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw new Flaw("malformed");
    this.#at = from + length;
    return this.#bytes.subarray(from, this.#at);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  /** A string: length, bytes. */
  bytes(): Buffer {
    return this.take(this.uint32());
  }

  /** A string of printable ASCII. */
  text(): string {
    const text = this.bytes().toString("latin1");
    if (!/^[\x20-\x7e]*$/.test(text)) throw new Flaw("malformed");
    return text;
  }

  /** A number that is not negative, without needless zeros, at most `size` bytes; gives it padded to `size`. */
  number(size: number): Buffer {
    const all = this.bytes();
    const signed = all[0] === 0;
    const digits = signed ? all.subarray(1) : all;
    const minimal = digits.length > 0 && (signed ? digits[0]! >= 0x80 : digits[0]! < 0x80 && digits[0] !== 0);
    if (!minimal || digits.length > size) throw new Flaw("malformed");
    return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new Flaw("malformed");
  }
}

/** A string as it is written: length, bytes. */
export function wired(bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as string);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([size, body]);
}
