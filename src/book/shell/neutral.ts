/**
 * Angle placeholders (`<pod>`) would read as redirections. They are put into two private-use characters of equal
 * length, so that every offset stays true, and turned back when a text is shown.
 */
const ANGLE = /<(?=[\p{L}_{$[])(?![\p{L}_]+\()([^<>|&;\n"'`()]{0,60}[^\s<>|&;\n"'`()])>/gu;
const OPEN = "\uE000";
const CLOSE = "\uE001";

export const neutral = (text: string): string =>
  text.includes("<") ? text.replace(ANGLE, (_, inner: string) => OPEN + inner + CLOSE) : text;

export const shown = (text: string): string =>
  text.includes(OPEN) ? text.replaceAll(OPEN, "<").replaceAll(CLOSE, ">") : text;

/** Angle placeholders of a neutral text, as written. */
export function angles(text: string): readonly string[] {
  const found: string[] = [];
  for (let from = text.indexOf(OPEN); from >= 0; from = text.indexOf(OPEN, from + 1)) {
    const to = text.indexOf(CLOSE, from);
    if (to < 0) break;
    found.push(`<${text.slice(from + 1, to)}>`);
  }
  return found;
}
