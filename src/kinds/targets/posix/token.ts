/** Bytes at the end of what came so far that may be the beginning of the token, so that more must come to tell. */
export function beginningOf(token: Buffer, held: Buffer): number {
  let count = Math.min(held.length, token.length - 1);
  while (count > 0 && token.compare(held, held.length - count, held.length, 0, count) !== 0) count -= 1;
  return count;
}
