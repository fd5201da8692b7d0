import type { Tree } from "./tree.ts";

/** A line that YAML front matter can begin with: a key, a quoted key, a comment. */
const looksLikeYaml = /^(?:[A-Za-z_"'][^\n]{0,200}?:(?:\s|$)|#|---\s*$)/;
/** A list where keys belong. Tasks are a checklist, which may stand between two rules. */
const listLine = /^(?:- (?!\[[ xX]\])|[ \t]+\S|#)/;
const fence = /^---[ \t]*$/;
const close = /^(?:---|\.\.\.)[ \t]*$/;

/** Byte order mark off, every line end as `\n`: the text all line numbers refer to. */
export const plainLines = (text: string): string => {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return start.includes("\r") ? start.replace(/\r\n?/g, "\n") : start;
};

/**
 * Splits YAML front matter from the body. The body keeps its line numbers: the lines taken away are left blank. A first
 * line of `---` that no YAML follows is a rule, not front matter. Without a closing line the whole text stays the body.
 */
export function splitFrontMatter(text: string): {
  readonly front?: Tree["frontMatter"] & object;
  readonly body: string;
} {
  if (!text.startsWith("---")) return { body: text };
  const first = text.indexOf("\n");
  if (first < 0 || !fence.test(text.slice(0, first))) return { body: text };
  const second = text.indexOf("\n", first + 1);
  if (!looksLikeYaml.test(text.slice(first + 1, second < 0 ? text.length : second))) return listed(text, first + 1);
  let line = 2;
  for (let from = first + 1; from <= text.length; line++) {
    const next = text.indexOf("\n", from);
    const end = next < 0 ? text.length : next;
    const first3 = text.slice(from, from + 3);
    if ((first3 === "---" || first3 === "...") && close.test(text.slice(from, end)))
      return {
        front: { text: text.slice(first + 1, from), line: 2, closed: true },
        body: "\n".repeat(line) + text.slice(end + 1),
      };
    if (next < 0) break;
    from = next + 1;
  }
  const blank = text.indexOf("\n\n", first);
  return {
    front: { text: text.slice(first + 1, blank < 0 ? text.length : blank), line: 2, closed: false },
    body: text,
  };
}

/** A list between a first line of `---` and the next one: it may be meant as front matter, and stays the body's too. */
function listed(text: string, start: number): ReturnType<typeof splitFrontMatter> {
  for (let from = start; from < text.length;) {
    const next = text.indexOf("\n", from);
    const line = text.slice(from, next < 0 ? text.length : next);
    if (from > start && close.test(line))
      return { front: { text: text.slice(start, from), line: 2, closed: true, list: true }, body: text };
    if (next < 0 || !listLine.test(line)) break;
    from = next + 1;
  }
  return { body: text };
}
