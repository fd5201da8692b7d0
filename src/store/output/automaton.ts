import type { Form } from "./forms.ts";

/** A form that ends at a state, and the next shorter one that ends there too. */
export interface Hit {
  readonly form: Form;
  readonly shorter: Hit | undefined;
}

/** A place in the bytes, and the state there. */
export interface Cursor {
  at: number;
  state: number;
}

/** The forms as a tree: children, depth and form of each node. */
interface Tree {
  readonly children: Map<number, number>[];
  readonly depths: number[];
  readonly forms: (Form | undefined)[];
}

/**
 * All forms at once in one pass over the bytes (Aho and Corasick, 1975). State 0 is the beginning; the depth of a state is
 * how many of the last bytes may still become a form.
 */
export class Automaton {
  /** Class of each byte; bytes that are in no form share class 0. */
  readonly #classes = new Uint16Array(256);
  #width = 1;
  readonly #depths: Int32Array;
  readonly #hits: readonly (Hit | undefined)[];
  /** 1 for states at which a form ends. */
  readonly #ends: Uint8Array;
  /** Next state by state and class. */
  readonly #table: Int32Array;

  constructor(forms: readonly Form[]) {
    const tree: Tree = { children: [new Map()], depths: [0], forms: [undefined] };
    for (const form of forms) this.#add(tree, form);
    this.#depths = Int32Array.from(tree.depths);
    this.#table = new Int32Array(this.#depths.length * this.#width);
    this.#hits = this.#connect(tree);
    this.#ends = Uint8Array.from(this.#hits, (hit) => (hit ? 1 : 0));
  }

  /** Goes on from `cursor` until a form has ended before it, or to the end of the bytes. */
  seek(bytes: Uint8Array, cursor: Cursor): void {
    const [table, classes, width, ends] = [this.#table, this.#classes, this.#width, this.#ends];
    const { length } = bytes;
    let { at, state } = cursor;
    while (at < length) {
      state = table[state * width + classes[bytes[at++]!]!]!;
      if (ends[state] === 1) break;
    }
    cursor.at = at;
    cursor.state = state;
  }

  depth(state: number): number {
    return this.#depths[state]!;
  }

  /** Longest form that ends here. */
  hit(state: number): Hit | undefined {
    return this.#hits[state];
  }

  #add({ children, depths, forms }: Tree, form: Form): void {
    let state = 0;
    for (const byte of form.bytes) {
      if (this.#classes[byte] === 0) this.#classes[byte] = this.#width++;
      const child = this.#classes[byte]!;
      let next = children[state]!.get(child);
      if (next === undefined) {
        next = children.push(new Map()) - 1;
        depths.push(depths[state]! + 1);
        forms.push(undefined);
        children[state]!.set(child, next);
      }
      state = next;
    }
    // Two secrets may have the same form: what hides more wins.
    if (!forms[state] || !form.word) forms[state] = form;
  }

  /** Breadth first: where no child goes on, the state of the longest suffix decides. */
  #connect({ children, forms }: Tree): (Hit | undefined)[] {
    const hits = forms.map((): Hit | undefined => undefined);
    const suffix = new Int32Array(forms.length);
    const queue = [0];
    for (const state of queue) {
      const row = state * this.#width;
      const fallback = suffix[state]! * this.#width;
      const shorter = hits[suffix[state]!];
      const form = forms[state];
      hits[state] = form ? { form, shorter } : shorter;
      if (state !== 0) this.#table.copyWithin(row, fallback, fallback + this.#width);
      for (const [child, next] of children[state]!) {
        suffix[next] = state === 0 ? 0 : this.#table[row + child]!;
        this.#table[row + child] = next;
        queue.push(next);
      }
    }
    return hits;
  }
}
