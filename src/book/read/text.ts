import { isUtf8 } from "node:buffer";
import type { Finding } from "../../model/finding.ts";
import { wideEncoding } from "./utf16.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Bytes as text, byte order mark and line ends as they are; or why not: UTF-16 (WB008), NUL bytes (WB001), not UTF-8
 * (WB002, with the offset of the first byte that is not, from 0).
 */
export function textOf(file: string, bytes: Uint8Array): { readonly text: string } | { readonly finding: Finding } {
  const utf8 = isUtf8(bytes);
  const nul = utf8 ? bytes.indexOf(0) : -1;
  if (utf8 && nul < 0) return { text: decoder.decode(bytes) };
  const wide = wideEncoding(bytes, utf8);
  if (wide !== undefined) return refusal("WB008", file, bytes, 0, { encoding: wide });
  if (!utf8) {
    const offset = firstInvalid(bytes);
    return refusal("WB002", file, bytes, offset, { byte: `0x${bytes[offset]?.toString(16).padStart(2, "0") ?? ""}` });
  }
  return refusal("WB001", file, bytes, nul, {});
}

function refusal(
  code: Finding["code"],
  file: string,
  bytes: Uint8Array,
  offset: number,
  args: Finding["args"],
): { finding: Finding } {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return { finding: { code, level: "error", source: { file, line }, args: { ...args, file, offset } } };
}

/** Offset of the first byte that begins no valid UTF-8 sequence (RFC 3629). */
function firstInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    if (length === 0 || !isUtf8(bytes.subarray(at, at + length)) || at + length > bytes.length) return at;
    at += length;
  }
  return bytes.length;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}
