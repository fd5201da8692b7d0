import type { ToolUsed } from "../../../model/journal.ts";
import { toolsIn } from "./tools.ts";

/** What a program of receipts says at the end. */
export interface Trailer {
  readonly state: "ended" | "lost" | "running" | "absent";
  /** Exit status; absent when there is none. */
  readonly code?: number;
  /** exit, timeout, cancelled, void, left, no-directory, outputs-too-long; `-` when there is no receipt. */
  readonly cause: string;
  /** Bytes of output that were counted and not kept. */
  readonly more: number;
  /** Processes that could not be ended. */
  readonly left: number;
  /** NAME=value lines. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What it was executed with; absent where nothing is known of that. */
  readonly tools?: readonly ToolUsed[];
}

const STATES: readonly string[] = ["ended", "lost", "running", "absent"] satisfies Trailer["state"][];
/** A head of a frame is shorter than this; what is longer is noise. */
const MOST_HEAD = 200;

/** NAME=value lines; a line that is none belongs to the value before it. */
export function outputsOf(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  let last: string | undefined;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const found = /^([A-Za-z_]\w*)=(.*)$/s.exec(line);
    if (found) outputs[(last = found[1]!)] = found[2]!;
    else if (last !== undefined) outputs[last] += `\n${line}`;
  }
  return outputs;
}

/** `end STATE CODE CAUSE MORE LEFT` and what the script gave out. */
function trailerOf([, state = "", code = "-", cause = "-", more = "", left = ""]: readonly string[], given: Buffer) {
  if (!STATES.includes(state) || !/^\d+$/.test(more) || !/^\d+$/.test(left)) return undefined;
  const trailer: Trailer = {
    state: state as Trailer["state"],
    ...(/^\d+$/.test(code) && { code: Number(code) }),
    cause,
    more: Number(more),
    left: Number(left),
    outputs: given.length === 0 ? {} : outputsOf(given.toString("utf8")),
  };
  return trailer;
}

/**
 * Reads the protocol of the programs as chunks come: `TOKEN out|err|tools|end … LENGTH`, so many bytes, a line end. Whatever
 * stands outside of frames (a login shell that greets) is nobody's. A frame that was cut gives what came of it.
 */
export class Frames {
  readonly #token: Buffer;
  readonly #pass: (chunk: Uint8Array, stream: "out" | "err") => void;
  #held: Buffer = Buffer.alloc(0);
  /** The frame being read: its words and how many bytes of it are still to come. */
  #frame: { readonly words: readonly string[]; left: number } | undefined;
  #tools: readonly ToolUsed[] = [];
  /** Frames were seen: the connection stood. */
  seen = false;
  trailer: Trailer | undefined;

  /** The token must not occur in any output: make it random. */
  constructor(token: string, pass: (chunk: Uint8Array, stream: "out" | "err") => void) {
    this.#token = Buffer.from(`${token} `);
    this.#pass = pass;
  }

  push(chunk: Uint8Array): void {
    let rest: Buffer = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    while (rest.length > 0) {
      const taken: number = this.#frame ? this.#body(rest) : this.#head(rest);
      if (taken === 0) break;
      rest = rest.subarray(taken);
    }
    this.#held = Buffer.from(rest);
  }

  /** Bytes used up by looking for the head of a frame; 0: more must come. */
  #head(bytes: Buffer): number {
    const at = bytes.indexOf(this.#token);
    if (at < 0) return Math.max(0, bytes.length - this.#token.length);
    const end = bytes.indexOf(10, at);
    if (end < 0) return bytes.length - at > MOST_HEAD ? at + this.#token.length : at;
    const words = bytes.toString("latin1", at + this.#token.length, end).split(" ");
    const left = Number(words.at(-1));
    if (Number.isSafeInteger(left) && left >= 0) {
      this.#frame = { words, left };
      this.seen = true;
      if (left === 0) this.#close(Buffer.alloc(0));
    }
    return end + 1;
  }

  #body(bytes: Buffer): number {
    const frame = this.#frame!;
    const [kind] = frame.words;
    if (kind === "end" || kind === "tools") {
      if (bytes.length < frame.left) return 0;
      this.#close(bytes.subarray(0, frame.left));
      return frame.left;
    }
    const part = bytes.subarray(0, frame.left);
    if (kind === "out" || kind === "err") this.#pass(part, kind);
    frame.left -= part.length;
    if (frame.left === 0) this.#frame = undefined;
    return part.length;
  }

  #close(given: Buffer): void {
    const { words } = this.#frame!;
    this.#frame = undefined;
    if (words[0] === "tools") this.#tools = toolsIn(given.toString("utf8"));
    if (words[0] !== "end") return;
    const trailer = trailerOf(words, given);
    this.trailer = trailer && { ...trailer, ...(this.#tools.length > 0 && { tools: this.#tools }) };
  }
}
