/** Longest content that a person is given to type or paste, bytes. */
const MOST = 16_384;

/** Text that can be typed at a console: UTF-8 without control characters, and not too long; undefined for anything else. */
export function typed(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST) return undefined;
  const text = Buffer.from(bytes).toString("utf8");
  // oxlint-disable-next-line no-control-regex
  return Buffer.from(text).equals(bytes) && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? text : undefined;
}

/** A here-document that gives exactly `text`, which ends with a line end; no sign in it is obeyed. */
export function hereDocument(text: string): readonly string[] {
  let end = "WATCHBOOK";
  while (text.split("\n").includes(end)) end += "_";
  return [`<<'${end}'`, ...text.slice(0, -1).split("\n"), end];
}
