/** A name that iconv(1) knows. `UTF-16` says its byte order itself, by its mark. */
export type Wide = "UTF-16" | "UTF-16LE" | "UTF-16BE" | "UTF-32";

/** Bytes looked at: a text shows what it is at its beginning. */
const SAMPLE = 65_536;

/** NUL bytes that are more than a slip. */
const FEWEST = 3;

/** What manuals consist of: ASCII with its line ends, Latin letters, CJK with its signs, full-width forms. */
const USUAL = /[\t\n\r -~\u00a0-\u024f\u2010-\u2027\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]/gu;

/**
 * The encoding of bytes that are text of two or four bytes a character; undefined when they are not. Without a byte order
 * mark it is one by its NUL bytes: every ASCII sign has one, always on the same side, and nothing else has any.
 */
export function wideEncoding(bytes: Uint8Array, isUtf8: boolean): Wide | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 && bytes.length > 4 ? "UTF-32" : "UTF-16";
  if (first === 0xfe && second === 0xff) return "UTF-16";
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return "UTF-32";
  const sample = bytes.subarray(0, Math.min(SAMPLE, bytes.length & ~1));
  const nuls = [0, 0] as [even: number, odd: number];
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) nuls[at % 2]! += 1;
  const [even, odd] = nuls;
  const pairs = sample.length / 2;
  // Bytes that are UTF-8 but for their NULs are ASCII in pairs; in a text of Chinese only line ends and spaces are.
  if (even + odd < Math.max(FEWEST, pairs * (isUtf8 ? 0.5 : 0.01)) || (even > 0 && odd > 0)) return undefined;
  const name = odd > 0 ? "UTF-16LE" : "UTF-16BE";
  const text = new TextDecoder(name.toLowerCase()).decode(sample);
  return (text.match(USUAL)?.length ?? 0) > text.length * 0.9 ? name : undefined;
}
