import type { Timed } from "./shape.ts";

/** A file that a person gave with a step, as it lies in the evidence. */
export interface Attachment {
  /** Name in the evidence directory. */
  readonly file: string;
  /** Name under which it was given. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly step: string;
  readonly target: string;
  readonly by: string;
}

/** Names of files that only some evidence has, what persons gave and the ledgers of loads; everything else there is always there. */
export const ATTACHMENT = /^(?:attachment-\d{2,6}\.[a-z0-9]{1,5}|ledger(?:-back)?\.json)$/;

/** Kinds that are shown or opened as what they are; anything else is bytes, so that no page is made of what was given. */
const KINDS: ReadonlySet<string> = new Set("png jpg jpeg gif webp heic pdf txt log csv json mp4 mov".split(" "));

const endingOf = (name: string): string => {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return KINDS.has(ending) ? ending : "bin";
};

/** Files of a run in the order in which they were given. The same content twice lies there once. */
export function attachmentsOf(journal: readonly Pick<Timed, "entry">[]): readonly Attachment[] {
  const names = new Map<string, string>();
  const found: Attachment[] = [];
  for (const { entry } of journal) {
    // A file without its size was only kept beside the run, before evidence had files.
    if (entry.type !== "tick" || entry.file?.bytes === undefined) continue;
    const { name, sha256, bytes } = entry.file;
    const file = names.get(sha256) ?? `attachment-${String(names.size + 1).padStart(2, "0")}.${endingOf(name)}`;
    names.set(sha256, file);
    found.push({ file, name, sha256, bytes, step: entry.step, target: entry.target, by: entry.by });
  }
  return found;
}
