/** Types of the messages that are used here: of a shared connection (OpenSSH, PROTOCOL.mux), and of channels (RFC 4254). */
export const MUX = { hello: 1, proxy: 0x1000000f, proxied: 0x8000000f } as const;
export const SSH = {
  open: 90,
  opened: 91,
  openFailed: 92,
  adjust: 93,
  data: 94,
  extended: 95,
  eof: 96,
  close: 97,
  request: 98,
  success: 99,
  failure: 100,
} as const;

/** A field of a message: a number of 32 bits, one bit, or text and bytes with their length before them. */
export type Field = number | boolean | string | Uint8Array;

function bytesOf(field: Field): Buffer {
  if (typeof field === "boolean") return Buffer.from([field ? 1 : 0]);
  if (typeof field === "number") {
    const number = Buffer.allocUnsafe(4);
    number.writeUInt32BE(field);
    return number;
  }
  const bytes = typeof field === "string" ? Buffer.from(field) : field;
  return Buffer.concat([bytesOf(bytes.length), bytes]);
}

const framed = (body: Buffer): Buffer => Buffer.concat([bytesOf(body.length), body]);

/** A message for the process that holds the connection: `uint32 length, uint32 type, fields`. */
export const muxMessage = (type: number, ...fields: readonly number[]): Buffer =>
  framed(Buffer.concat([type, ...fields].map(bytesOf)));

/** A message for the host, as that process passes it on: `uint32 length, byte padding (none), byte type, fields`. */
export const channelMessage = (type: number, ...fields: readonly Field[]): Buffer =>
  framed(Buffer.concat([Buffer.from([0, type]), ...fields.map(bytesOf)]));

/** Reads fields one after the other. Throws RangeError where the message ends too early. */
export class Fields {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  number(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  /** Of the message itself, not a copy. */
  bytes(): Buffer {
    const length = this.number();
    if (length > this.#bytes.length - this.#at) throw new RangeError(`a field of ${length} bytes`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return this.bytes().toString("utf8");
  }

  skip(bytes: number): this {
    this.#at += bytes;
    return this;
  }
}

/** No message is longer (OpenSSH takes packets of 256 KiB): bytes. */
const LONGEST = 1_048_576;
const NOTHING: Buffer = Buffer.alloc(0);

/** Tells messages apart, as chunks come; both kinds begin with their length. Throws RangeError at one that cannot be. */
export class Frames {
  readonly #hear: (body: Buffer) => void;
  #held = NOTHING;

  constructor(hear: (body: Buffer) => void) {
    this.#hear = hear;
  }

  push(chunk: Buffer): void {
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let at = 0;
    while (all.length - at >= 4) {
      const length = all.readUInt32BE(at);
      if (length > LONGEST) throw new RangeError(`a message of ${length} bytes`);
      if (all.length - at - 4 < length) break;
      this.#hear(all.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    this.#held = at === all.length ? NOTHING : all.subarray(at);
  }
}
