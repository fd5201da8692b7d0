/** Bytes at the end of what came so far that may be the beginning of the token, so that more must come to tell. */
export function beginningOf(token: Buffer, held: Buffer): number {
  let at = Math.max(0, held.length - token.length + 1);
  while ((at = held.indexOf(token[0]!, at)) >= 0) {
    if (token.compare(held, at, held.length, 0, held.length - at) === 0) return held.length - at;
    at += 1;
  }
  return 0;
}
