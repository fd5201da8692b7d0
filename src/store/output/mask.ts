import { HIDDEN } from "../../model/redact.ts";
import { Automaton } from "./automaton.ts";
import { formsOf, type Form } from "./forms.ts";

const MARK = Buffer.from(HIDDEN);

/** What is looked for. */
interface Wanted {
  /** Number of secrets it was made from. */
  readonly size: number;
  readonly forms: readonly Form[];
  /** Bytes of the longest form. */
  readonly longest: number;
  readonly automaton: Automaton;
}

/** What most outputs look for. */
const NOTHING = new Automaton([]);

/** Attempts of one run share their secrets, and with them what was made from them. */
const made = new WeakMap<ReadonlySet<string>, Wanted>();

function wantedOf(secrets: ReadonlySet<string>): Wanted {
  const known = made.get(secrets);
  if (known?.size === secrets.size) return known;
  const forms = [...secrets].flatMap(formsOf);
  const longest = Math.max(0, ...forms.map(({ bytes }) => bytes.length));
  const wanted = { size: secrets.size, forms, longest, automaton: new Automaton(forms) };
  made.set(secrets, wanted);
  return wanted;
}

/** Chunks from this size on, and up to so many forms: searching for each form alone is faster than all in one pass. */
const LARGE = 4_096;
const FEW = 64;

/** Bytes from `start` up to before `end` are to be hidden. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A short secret whose next byte is not there yet. */
interface Candidate extends Span {
  readonly form: Form;
}

const isWord = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x61 && byte <= 0x7a));

/**
 * Hides secrets in a stream: no byte of a secret, or of a form it commonly takes (see formsOf), gets through, wherever
 * chunks are cut. What may still become a secret is held back, never more than the longest form. Forms that overlap
 * become one mark. The result does not depend on how the stream is cut. `secrets` may grow while the stream flows: a new
 * one is hidden from the next chunk on, and in what is held back.
 */
export class Mask {
  readonly #secrets: ReadonlySet<string>;
  #wanted: Wanted = { size: 0, forms: [], longest: 0, automaton: NOTHING };
  /** Not given out yet. */
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of `#held` that the automaton has seen. */
  #seen = 0;
  #state = 0;
  /** The byte before `#held`. */
  #before: number | undefined;
  /** Marked or found spans, by their start; the first may have been marked already and lie partly before `#held`. */
  #spans: Span[] = [];
  #marked = Number.NEGATIVE_INFINITY;
  #candidates: Candidate[] = [];

  constructor(secrets: ReadonlySet<string>) {
    this.#secrets = secrets;
  }

  /** What may be shown after this chunk. */
  push(chunk: Uint8Array): Buffer {
    this.#learn();
    if (this.#wanted.size === 0) {
      this.#before = chunk.at(-1) ?? this.#before;
      return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    this.#scan();
    const waiting = this.#candidates.map(({ start }) => start);
    return this.#give(Math.min(this.#held.length - this.#wanted.automaton.depth(this.#state), ...waiting));
  }

  /** What was held back. */
  end(): Buffer {
    for (const { start, end } of this.#candidates) this.#hide({ start, end });
    this.#candidates = [];
    this.#state = 0;
    return this.#give(this.#held.length);
  }

  /** Sees anew what is held back when there are more secrets. */
  #learn(): void {
    if (this.#secrets.size === this.#wanted.size) return;
    this.#wanted = wantedOf(this.#secrets);
    this.#seen = 0;
    this.#state = 0;
    this.#candidates = [];
  }

  #scan(): void {
    const { automaton, longest } = this.#wanted;
    const held = this.#held;
    const cursor = { at: this.#seen, state: this.#state };
    // The state at the end hangs on the last bytes alone.
    if (this.#isClean()) Object.assign(cursor, { at: Math.max(this.#seen, held.length - longest), state: 0 });
    while (cursor.at < held.length) {
      if (this.#candidates.length > 0) this.#decide(held[cursor.at]!);
      automaton.seek(held, cursor);
      if (automaton.hit(cursor.state)) this.#found(cursor.state, cursor.at);
    }
    this.#state = cursor.state;
    this.#seen = held.length;
  }

  /** Whether a large chunk is known to have no form. */
  #isClean(): boolean {
    const { forms, longest } = this.#wanted;
    const fresh = this.#held.length - this.#seen;
    if (fresh < Math.max(LARGE, longest) || forms.length > FEW || this.#candidates.length > 0) return false;
    return !forms.some(({ bytes }) => this.#held.includes(bytes));
  }

  /** Short forms that ended before this byte are words unless it goes on. */
  #decide(byte: number): void {
    for (const { start, end, form } of this.#candidates)
      if (!isWord(byte) || !isWord(form.bytes.at(-1))) this.#hide({ start, end });
    this.#candidates = [];
  }

  #found(state: number, end: number): void {
    for (let hit = this.#wanted.automaton.hit(state); hit; hit = hit.shorter) {
      const start = end - hit.form.bytes.length;
      if (!hit.form.word) return this.#hide({ start, end });
      const before = start === 0 ? this.#before : this.#held[start - 1];
      if (!isWord(before) || !isWord(hit.form.bytes[0])) this.#candidates.push({ start, end, form: hit.form });
    }
  }

  /** Adds a span, joined with those it overlaps. */
  #hide({ start, end }: Span): void {
    while (this.#spans.length > 0 && this.#spans.at(-1)!.end > start) {
      const last = this.#spans.pop()!;
      start = Math.min(start, last.start);
      end = Math.max(end, last.end);
    }
    this.#spans.push({ start, end });
  }

  /** The first `limit` bytes of what is held, spans as marks; a span that reaches further is marked now and cut later. */
  #give(limit: number): Buffer {
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const { start, end } of this.#spans) {
      if (start >= limit) break;
      parts.push(this.#held.subarray(at, Math.max(at, start)));
      if (start !== this.#marked) parts.push(MARK);
      at = Math.min(limit, end);
      this.#marked = start;
    }
    parts.push(this.#held.subarray(at, limit));
    this.#shift(limit);
    return Buffer.concat(parts);
  }

  #shift(by: number): void {
    if (by === 0) return;
    this.#before = this.#held[by - 1];
    this.#held = this.#held.subarray(by);
    this.#seen = Math.max(0, this.#seen - by);
    // A span that was marked starts before the held bytes from now on.
    const marked = this.#spans.findLast(({ start }) => start < by);
    const moved = ({ start, end }: Span): Span => ({ start: start - by, end: end - by });
    this.#spans = this.#spans.filter(({ end }) => end > by).map(moved);
    this.#marked = marked && marked.end > by ? marked.start - by : Number.NEGATIVE_INFINITY;
    this.#candidates = this.#candidates.map((one) => ({ ...one, ...moved(one) }));
  }
}
