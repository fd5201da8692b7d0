/** Where a follower stands: entries up to `seq`, and so many bytes of the outputs of attempts that were going on there. */
export interface Cursor {
  readonly seq: number;
  readonly offsets: ReadonlyMap<string, number>;
}

/** `12 restart@web-1.do.1:300`: a cursor as one line, for Last-Event-ID. */
export const cursorText = ({ seq, offsets }: Cursor): string =>
  [String(seq), ...[...offsets].map(([log, offset]) => `${log}:${offset}`)].join(" ");

/** Undefined for anything else. */
export function readCursor(text: string): Cursor | undefined {
  const [seq = "", ...outputs] = text.trim().split(" ");
  if (!/^\d{1,15}$/.test(seq)) return undefined;
  const offsets = outputs.map((one) => /^(.+):(\d{1,15})$/.exec(one));
  if (offsets.includes(null)) return undefined;
  return { seq: Number(seq), offsets: new Map(offsets.map((found) => [found![1]!, Number(found![2])])) };
}

/** Before the first entry. */
export const START_OF_RUN: Cursor = { seq: 0, offsets: new Map() };
