// Our own states and tokens stand in for the library's because they are cheaper to make; what they hold must be the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MarkdownIt as Library, Token } from "markdown-it";
import MarkdownIt from "markdown-it/browser";
import { plainTokens } from "../src/book/parse/tokens.ts";

const LINES = ["", " ", "\t", "a", "  b", "\tc", " \td", "    e", "> f", "- g", "\t\t", "  ", "| h | i |", "```"];

/** Texts of up to four of the lines, with and without a line end behind them. */
function* texts(): Generator<string> {
  yield "";
  for (const one of LINES)
    for (const two of LINES)
      for (const three of LINES) {
        const text = [one, two, three].join("\n");
        yield text;
        yield `${text}\n`;
      }
}

test("the state of a text's blocks has the lines, blanks and columns that the library finds", () => {
  const [library, ours] = [new MarkdownIt("default"), new MarkdownIt("default")];
  plainTokens(ours);
  for (const text of texts()) {
    const theirs = new library.block.State(text, library, {}, []);
    const state = new ours.block.State(text, ours, {}, []);
    for (const field of ["bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax", "blkIndent"] as const)
      assert.deepEqual(state[field], theirs[field], `${field} of ${JSON.stringify(text)}`);
  }
});

test("the blocks of a text are those of the library", () => {
  const [library, ours] = [new MarkdownIt("default"), new MarkdownIt("default")];
  plainTokens(ours);
  const told = (md: Library, text: string): unknown => {
    const tokens: Token[] = [];
    md.block.parse(text, md, {}, tokens);
    return tokens.map(({ type, tag, map, level, content, markup, info, nesting }) => ({
      ...{ type, tag, map, level, content, markup, info, nesting },
    }));
  };
  for (const text of texts()) assert.deepEqual(told(ours, text), told(library, text), JSON.stringify(text));
});
