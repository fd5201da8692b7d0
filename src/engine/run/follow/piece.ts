/** Bytes of one piece of output. */
export const PIECE = 1 << 16;

/** Bytes of a piece that end with a whole line, or else with a whole sign; all of them when nothing follows any more. */
export function whole(bytes: Buffer, last: boolean): Buffer {
  if (last) return bytes;
  const line = bytes.lastIndexOf(10);
  if (line >= 0) return bytes.subarray(0, line + 1);
  if (bytes.length < PIECE) return bytes.subarray(0, 0);
  let end = bytes.length;
  while (end > bytes.length - 4 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, bytes[end - 1]! >= 0xc0 ? end - 1 : bytes.length);
}
