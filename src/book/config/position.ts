import { isMap, isScalar, LineCounter } from "yaml";
import type { Document, Node, Pair } from "yaml";

/** Finds the lines of dotted keys in a parsed YAML document. */
export class Positions {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** Line of an offset, from 1. */
  at(offset: number): number {
    return Math.max(this.#lines.linePos(offset).line, 1);
  }

  /** Line of the key that `path` ends with; of the nearest key above it when it is missing. */
  line(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length--) {
      const parent = this.#document.getIn(path.slice(0, length - 1), true);
      const last = path[length - 1]!;
      const pair = isMap(parent) ? parent.items.find((item) => keyOf(item) === String(last)) : undefined;
      const node = (pair?.key ?? this.#document.getIn(path.slice(0, length), true)) as Node | undefined;
      if (node?.range) return this.at(node.range[0]);
    }
    return 1;
  }
}

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : "");
