/** A web address in plain text; ends before what usually closes a sentence or a bracket. */
const ADDRESS = /https?:\/\/[^\s<>"')\]]+/g;

/** Signs that belong to the one before them: marks, joiners, variation selectors, skin tones. */
const BELONGS = /^(?:\p{M}|\u200d|[\ufe00-\ufe0f]|[\u{1f3fb}-\u{1f3ff}])/u;

/**
 * At most `most` UTF-16 units from the beginning of a text, without half a character and without half an address: where the
 * cut falls into one, all of it is left out.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = Math.max(0, most);
  for (const match of text.matchAll(ADDRESS)) {
    if (match.index >= end) break;
    if (end < match.index + match[0].length) end = match.index;
  }
  while (end > 0 && splits(text, end)) end -= 1;
  return text.slice(0, end);
}

function splits(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  const isLow = next >= 0xdc00 && next <= 0xdfff;
  const before = text.charCodeAt(end - 1);
  if (isLow && before >= 0xd800 && before <= 0xdbff) return true;
  return before === 0x200d || BELONGS.test(text.slice(end, end + 2));
}

/** A text in one field of at most `most` UTF-16 units; a dot-dot-dot says that some of it is missing. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${cut(text, most - 1).trimEnd()}…`;

/** The same, in bytes of UTF-8. */
export function clipBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let length = most;
  while (length > 0 && Buffer.byteLength(clip(text, length)) > most) length = Math.floor(length * 0.9);
  return clip(text, length);
}
