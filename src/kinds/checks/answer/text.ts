/** A piece of somebody else's text for a sentence: one line, no control characters, at most `most` characters. */
export function excerpt(text: string, most = 160): string {
  const line = text
    .slice(0, most * 4)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
