/** A place in a text: `line` line ends (\n) lie before `offset`, which may be in the middle of a line. */
export interface Mark {
  readonly line: number;
  readonly offset: number;
}

export const START: Mark = { line: 0, offset: 0 };

/** A mark at the beginning of every so many lines. */
const LINES = 1_024;

/** And one where that many bytes have come without: the lines may be long. */
export const STRIDE = 1 << 20;

/** A mark in the index file: two unsigned 64-bit little-endian numbers, line and offset. */
export const MARK_BYTES = 16;

export function encodeMarks(marks: readonly Mark[]): Buffer {
  const bytes = Buffer.alloc(marks.length * MARK_BYTES);
  marks.forEach(({ line, offset }, n) => {
    bytes.writeBigUInt64LE(BigInt(line), n * MARK_BYTES);
    bytes.writeBigUInt64LE(BigInt(offset), n * MARK_BYTES + 8);
  });
  return bytes;
}

export const decodeMark = (bytes: Buffer, at: number): Mark => ({
  line: Number(bytes.readBigUInt64LE(at)),
  offset: Number(bytes.readBigUInt64LE(at + 8)),
});

/** Counts the lines of a text that flows by, and gives the marks to be kept. */
export class LineCounter {
  #line: number;
  #offset: number;
  #last: Mark;

  constructor(from: Mark) {
    this.#line = from.line;
    this.#offset = from.offset;
    this.#last = from;
  }

  /** Marks of what was added, oldest first. */
  add(chunk: Buffer): readonly Mark[] {
    const marks: Mark[] = [];
    for (let at = 0; at < chunk.length; at += STRIDE) this.#addPiece(chunk.subarray(at, at + STRIDE), marks);
    return marks;
  }

  #addPiece(piece: Buffer, marks: Mark[]): void {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
      this.#line += 1;
      if (this.#line % LINES === 0) this.#mark(this.#offset + at + 1, marks);
    }
    this.#offset += piece.length;
    if (this.#offset - this.#last.offset >= STRIDE) this.#mark(this.#offset, marks);
  }

  #mark(offset: number, marks: Mark[]): void {
    this.#last = { line: this.#line, offset };
    marks.push(this.#last);
  }
}
