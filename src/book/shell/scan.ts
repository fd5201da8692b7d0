/** Small scans that the reader needs: each goes forward once and answers where it ended, or -1. */

/** End of `${…}`: index after the brace that closes the one at `from - 1`. */
export function endOfBraces(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return i + 1;
  }
  return -1;
}

/** End of `((…))`, index after both closing parentheses; `from` stands after the two opening ones. */
export function endOfArithmetic(text: string, from: number): number {
  let depth = 2;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i + 1;
    else if (char === "\n" && depth === 2 && text[i + 1] === "\n") return -1;
  }
  return -1;
}

/** Index of the back quote that closes, escapes skipped. */
export function endOfBackquote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "`") return i;
  }
  return -1;
}

/** Index of the quote that closes `$'…'`. */
export function endOfAnsiQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "'") return i;
  }
  return -1;
}

/** A here-document's body from the line that begins at `from`, and where the text goes on. */
export function hereBody(
  text: string,
  from: number,
  delimiter: string,
  strip: boolean,
): { readonly body: string; readonly next: number; readonly lines: number } | undefined {
  let start = from;
  let lines = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    let line = text.slice(start, end);
    if (strip) line = line.replace(/^\t+/, "");
    lines++;
    if (line === delimiter) return { body: text.slice(from, start), next: newline < 0 ? end : end + 1, lines };
    if (newline < 0) break;
    start = end + 1;
  }
  return undefined;
}
