import { open, type FileHandle } from "node:fs/promises";
import { systemRefusal } from "../refusal.ts";
import { absent } from "./absent.ts";
import { lastMark } from "./index-file.ts";
import type { Mark } from "./lines.ts";
import { placeOf } from "./place.ts";

/** Lines from the one with this number (from 1) on, bytes from an offset on, or the last lines. */
export type Portion =
  | { readonly line: number; readonly count: number }
  | { readonly offset: number; readonly bytes?: number }
  | { readonly tail: number };

/** A part of an output. */
export interface OutputPart {
  readonly bytes: Buffer;
  /** Where it begins. */
  readonly offset: number;
  /** Number, from 1, of the line in which it begins. */
  readonly line: number;
  /** Where to read on. */
  readonly next: number;
  /** Bytes that were there when it was read. */
  readonly size: number;
}

/** Most that one part has: lines that do not fit are read on from `next`. */
const PART = 1 << 20;

/** Bytes looked at together. */
const BLOCK = 1 << 16;

interface Text {
  readonly file: FileHandle;
  readonly index: FileHandle | undefined;
  readonly size: number;
}

/**
 * A part of `folder/name.log`, at most 1 MiB, also while it grows. A line is found from the index and by looking at
 * 1,024 lines or 1 MiB more, whatever the size. An output that is not there is empty; beyond its end there is nothing.
 * Rejects with WatchbookError STORE-READ-ONLY or STORE-IO when the disk refuses.
 */
export async function readOutput(folder: string, name: string, portion: Portion): Promise<OutputPart> {
  const place = placeOf(folder, name);
  try {
    await using file = (await absent(open(place.text))) ?? null;
    if (!file) return { bytes: Buffer.alloc(0), offset: 0, line: 1, next: 0, size: 0 };
    await using index = (await absent(open(place.index))) ?? null;
    const text = { file, index: index ?? undefined, size: (await file.stat()).size };
    if ("line" in portion) return await lines(text, portion.line, portion.count);
    if ("offset" in portion) return await range(text, portion.offset, portion.bytes ?? PART);
    return await range(text, await tailOf(text, portion.tail), PART);
  } catch (error) {
    throw systemRefusal(error, place.text) ?? error;
  }
}

async function range(text: Text, offset: number, limit: number): Promise<OutputPart> {
  const from = Math.min(Math.max(0, Math.trunc(offset)), text.size);
  const before = await lastMark(text.index, text.size, (mark) => mark.offset <= from);
  const { line } = await walk(text, before, (mark) => mark.offset < from, from);
  return part(text, { line, offset: from }, Math.min(from + Math.min(limit, PART), text.size));
}

async function lines(text: Text, line: number, count: number): Promise<OutputPart> {
  const ends = Math.max(0, Math.trunc(line) - 1);
  const before = await lastMark(text.index, text.size, (mark) => mark.line < ends);
  const first = await walk(text, before, (mark) => mark.line < ends, text.size);
  const most = Math.min(first.offset + PART, text.size);
  const last = await walk(text, first, (mark) => mark.line < ends + count, most);
  return part(text, first, last.offset);
}

async function part(text: Text, { line, offset }: Mark, end: number): Promise<OutputPart> {
  const bytes = await block(text.file, offset, end - offset);
  return { bytes, offset, line: line + 1, next: offset + bytes.length, size: text.size };
}

/** Goes on, line end by line end, while `on` says so; at `end` at the latest. */
async function walk({ file }: Text, from: Mark, on: (mark: Mark) => boolean, end: number): Promise<Mark> {
  let mark = from;
  for (let at = from.offset; at < end && on(mark);) {
    const bytes = await block(file, at, Math.min(BLOCK, end - at));
    if (bytes.length === 0) break;
    let found = bytes.indexOf(10);
    while (found >= 0 && on(mark)) {
      mark = { line: mark.line + 1, offset: at + found + 1 };
      found = bytes.indexOf(10, found + 1);
    }
    at += bytes.length;
    if (on(mark)) mark = { line: mark.line, offset: at };
  }
  return mark;
}

/** Offset at which the last `count` lines begin; at most 1 MiB before the end. */
async function tailOf({ file, size }: Text, count: number): Promise<number> {
  if (count <= 0) return size;
  const least = Math.max(0, size - PART);
  let missing = count;
  for (let end = size; end > least;) {
    const start = Math.max(least, end - BLOCK);
    const bytes = await block(file, start, end - start);
    // The end of the last line does not begin another one.
    for (let at = bytes.length - (end === size ? 2 : 1); at >= 0; at--) {
      at = bytes.lastIndexOf(10, at);
      if (at < 0) break;
      missing -= 1;
      if (missing === 0) return start + at + 1;
    }
    end = start;
  }
  return least;
}

async function block(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, length));
  let read = 0;
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
