import type { Book, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Source } from "../../../model/source.ts";
import type { Retention } from "../../../model/tables.ts";
import type { Every } from "../../../model/every.ts";
import { BACKUP_DATA, PASSING_FILE } from "../../words/lint.ts";
import { give } from "../give.ts";
import { daysOf, NEARLY } from "../periods.ts";
import { prunesIn, resolvedLines, type Prune, type Resolved } from "../prunes.ts";

const COPY = /^\s*(?:sudo\s+)?(?:cp|rsync|tar|install|scp|mv)\b/;

/** Rows of a policy and commands that are looked at, and findings for one command: a policy has a handful of each. */
const MOST_ROWS = 500;
const MOST_PRUNES = 1_000;
const MOST_COPIES = 500;
const MOST_FOUND = 10;

const LOG_FILES = /\blog|\.log\b/i;

/** What a table says is kept. */
interface Kept {
  readonly name: string;
  readonly retention: Retention;
  /** As written. */
  readonly shown: string;
  readonly every?: Every;
  readonly locations: readonly string[];
  /** Files of such data, by their names. */
  readonly files: RegExp | undefined;
  readonly source: Source;
}

function keptIn({ backups, logs }: Book): readonly Kept[] {
  const files = (data: string): RegExp | undefined => BACKUP_DATA.find(({ words }) => words.test(data))?.files;
  return [
    ...backups.map(({ data, shown, ...row }) => ({ ...row, name: data, shown: shown.retention, files: files(data) })),
    ...logs.map(({ location, retention, ...row }) => ({
      ...{ ...row, retention, locations: [location], files: LOG_FILES },
      shown: retention.kind === "age" ? `${retention.days} d` : "copies" in retention ? `${retention.copies}` : "",
    })),
  ];
}

const asFolder = (path: string): string => `${path.replace(/\/$/, "")}/`;
const below = (location: string, root: string): boolean => asFolder(location).startsWith(asFolder(root));

/** The command removes from this place, at the root or as deep as it goes. */
function reaches({ root, deep, spared }: Prune, location: string): boolean {
  if (!below(location, root) || (!deep && asFolder(location) !== asFolder(root))) return false;
  return !spared.some((pattern) => asFolder(location).includes(pattern.replaceAll("*", "").replace(/\/$/, "")));
}

/** A name that says no more than what kind of file it is, or that it is a backup: `*.tar.gz`, `backup-*`. */
const ANY_BACKUP = /^\*(?:\.[\w*]+)+$|^[^/]*(?:backup|bak\b)[^/]*$/i;

/** What it removes by name is this data, and not what passes or, by the `files` of the rows that it reaches, that of another. */
function takes({ names }: Prune, row: Kept, files: ReadonlySet<RegExp>): boolean {
  if (names.length === 0) return true;
  const isAny = (name: string): boolean => ANY_BACKUP.test(name) && !PASSING_FILE.test(name);
  return names.some((name) => row.files?.test(name) || (isAny(name) && ![...files].some((each) => each.test(name))));
}

type CopyOf = (prune: Prune, row: Kept) => Resolved | undefined;

/** The line of the block above the command that copies such files to where it removes them, as far as the line says where to. */
function copiesIn(lines: readonly Resolved[]): CopyOf {
  const known = new Map<RegExp, readonly { readonly line: Resolved; readonly paths: readonly string[] }[]>();
  const copies = lines.filter(({ text }) => COPY.test(text));
  return ({ source, root }, { files }) => {
    if (files === undefined) return undefined;
    const own =
      known.get(files) ??
      copies
        .filter(({ text }) => files.test(text))
        .slice(0, MOST_COPIES)
        .map((line) => ({ line, paths: line.text.includes("$") ? [] : pathsIn(line.text) }));
    known.set(files, own);
    return own.find(
      ({ line, paths }) =>
        line.source.line <= source.line && (paths.length < 2 || paths.some((path) => below(path, root))),
    )?.line;
  };
}

const pathsIn = (text: string): readonly string[] =>
  text
    .replaceAll(/["']/g, "")
    .split(/\s+/)
    .filter((word) => word.startsWith("/"));

/** It removes what should still be there: by age or by number, the one told by the other where the table says how often. */
function tooSoon({ keeps }: Prune, { retention, every }: Kept): boolean {
  const period = daysOf(every);
  const days = "days" in keeps ? keeps.days : period && keeps.copies * period;
  const copies = "copies" in keeps ? keeps.copies : period && keeps.days / period;
  if (retention.kind === "age") return days !== undefined && days < retention.days * NEARLY;
  return retention.kind === "copies" && copies !== undefined && copies < Math.floor(retention.copies * NEARLY);
}

/** Data that a table keeps forever, or longer, lies or is copied where a script deletes after some days or all but some (S-053). */
export const prunedEarly: LintRule = {
  codes: ["WB601", "WB611"],
  run: (book) => {
    const rows = keptIn(book)
      .filter(({ retention }) => retention.kind !== "unknown")
      .slice(0, MOST_ROWS);
    if (rows.length === 0) return [];
    const serviceOf = new Map(book.documents.map(({ file, service }) => [file, service]));
    const all = book.blocks.map(resolvedLines).flatMap((lines) => {
      const copyOf = copiesIn(lines);
      return prunesIn(lines).map((prune) => ({ copyOf, prune }));
    });
    return all.slice(0, MOST_PRUNES).flatMap(({ copyOf, prune }) => {
      const reached = new Set(rows.filter(({ locations }) => locations.some((location) => reaches(prune, location))));
      const files = new Set([...reached].flatMap((row) => row.files ?? []));
      const found = rows.flatMap((row): readonly Finding[] => {
        const { name, retention, shown, locations, source } = row;
        const taken = takes(prune, row, files);
        const lies = reached.has(row) && taken;
        const command = prune.command.slice(0, 120);
        const args = { data: name, root: prune.root, file: source.file, policy: source.line, command };
        if (retention.kind === "forever") {
          const line = lies ? source.line : taken && copyOf(prune, row)?.source.line;
          return line ? [give("WB601", "error", prune.source, { ...args, copied: line })] : [];
        }
        const same = serviceOf.get(source.file) === serviceOf.get(prune.source.file);
        // Another place may keep it longer.
        const only = lies && same && locations.every((location) => reaches(prune, location));
        return only && tooSoon(prune, row) ? [give("WB611", "error", prune.source, { ...args, promised: shown })] : [];
      });
      return found.slice(0, MOST_FOUND);
    });
  },
};
