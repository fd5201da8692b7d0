import type { Block } from "../../model/block.ts";
import type { Source } from "../../model/source.ts";
import { linesOf, LONGEST_LINE } from "./lines.ts";

/** A command that removes what is old, or all but the newest, from a folder. */
export interface Prune {
  readonly source: Source;
  readonly command: string;
  readonly root: string;
  /** Age in days from which something is removed, or how many are left. */
  readonly keeps: { readonly days: number } | { readonly copies: number };
  /** It reaches what lies in folders below the root, too. */
  readonly deep: boolean;
  /** Patterns of the only names that it removes; none: all. */
  readonly names: readonly string[];
  /** Names and paths that it leaves alone. */
  readonly spared: readonly string[];
}

/** A line with its continuations, and the values of the variables that the block gives once and literally. */
export interface Resolved {
  readonly text: string;
  readonly source: Source;
}

const ASSIGNED =
  /^\s*(?:(?:export|readonly|local|declare)\s+)?([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"';&|]*)\s*;?\s*(?:#.*)?$/;
const USED = /\$(?:(\w+)|\{(\w+)(?::-([^{}$]*))?\})/g;

const unquoted = (word: string): string => word.replaceAll(/["']/g, "");

/** Commands of a block, comments left out, with the variables that are known in them written out. */
export function resolvedLines(block: Block): readonly Resolved[] {
  const lines = joined(block);
  const names = Map.groupBy(
    lines.flatMap(({ text }) => ASSIGNED.exec(text)?.[1] ?? []),
    (name) => name,
  );
  const values = new Map<string, string>();
  return lines.map(({ text, source }) => {
    const plain = text
      .replace(USED, (whole, bare?: string, braced?: string, otherwise?: string) => {
        const name = bare ?? braced ?? "";
        // Given nowhere, it has the value that stands for that; given twice, nobody knows.
        return values.get(name) ?? (names.has(name) ? whole : (otherwise ?? whole));
      })
      .slice(0, LONGEST_LINE);
    const [, name = "", value = ""] = ASSIGNED.exec(plain) ?? [];
    if (names.get(name)?.length === 1) values.set(name, unquoted(value));
    return { text: plain, source };
  });
}

function joined(block: Block): readonly Resolved[] {
  const all: { text: string; readonly source: Source }[] = [];
  let open = false;
  for (const { text, source } of linesOf(block)) {
    if (!open && /^\s*#/.test(text)) continue;
    const goesOn = text.endsWith("\\");
    const part = goesOn ? text.slice(0, -1) : text;
    const last = all.at(-1);
    if (open && last) last.text = `${last.text}${part.trim()} `.slice(0, LONGEST_LINE);
    else all.push({ text: part, source });
    open = goesOn;
  }
  return all;
}

const FIND = /(?:^|[\s;&|(`/])find\s+(.*)$/;
const REMOVES = /-delete\b|\brm\b|\bunlink\b|\bshred\b/;
const OLDER = /\s-(?:m|c)(time|min)\s+["']?(\+?)["']?(\d+)\b/;
/** What holds nothing is no loss. */
const EMPTY = /\s-(?:empty|size\s+0\w?)(?=\s|$)/;
const NAMED = /(?:(!|-not)\s+)?-(i?name|i?path|wholename)\s+(\S+)/g;
const MINUTES = 1440;

/** `find ROOT … -mtime +N … -delete`, with rm in -exec or behind a pipe as well. */
function byAge({ text, source }: Resolved): readonly Prune[] {
  const rest = FIND.exec(text)?.[1];
  const [, unit, more, number] = OLDER.exec(rest ?? "") ?? [];
  if (rest === undefined || number === undefined || !REMOVES.test(rest) || EMPTY.test(rest)) return [];
  // `-mtime +7` leaves what is less than eight days old.
  const days = unit === "min" ? Number(number) / MINUTES : Number(number) + (more === "+" ? 1 : 0);
  const words = rest.split(/\s+/).filter((word) => !/^-[HLP]$/.test(word));
  const end = words.findIndex((word) => /^[-(!\\]/.test(word));
  const patterns = [...rest.matchAll(NAMED)].map(([, not, , pattern = ""]) => ({ not, pattern: unquoted(pattern) }));
  const pruned = rest.includes("-prune");
  const shallow = /-maxdepth\s+1\b/.test(rest) && /-type\s+f\b/.test(rest);
  return words.slice(0, end < 0 ? 1 : end).map((root) => ({
    ...{ source, command: text.trim(), root: unquoted(root), deep: !shallow },
    keeps: { days },
    names: patterns.filter(({ not }) => not === undefined && !pruned).map(({ pattern }) => pattern),
    spared: patterns.filter(({ not }) => not !== undefined || pruned).map(({ pattern }) => pattern),
  }));
}

const LIST = /(?:^|[\s;&(`])ls((?:\s+[^\s|;&]+)*)\s*$/;
const LEFT: readonly (readonly [pattern: RegExp, less: number])[] = [
  [/^\s*tail\s+(?:-n\s*|--lines=)?\+(\d+)/, 1],
  [/^\s*head\s+(?:-n\s*|--lines=)-(\d+)/, 0],
  [/^\s*sed\s+(?:-e\s+)?["']?1,(\d+)\s*d/, 0],
  [/^\s*awk\s+["']NR\s*>\s*(\d+)/, 0],
];
const RM = /\brm\b((?:\s+-\S+)*)/;

/** How many of a list one part of a pipeline leaves out. */
function leftBy(part: string): number | undefined {
  for (const [pattern, less] of LEFT) {
    const number = pattern.exec(part)?.[1];
    if (number !== undefined) return Math.max(0, Number(number) - less);
  }
  return undefined;
}

/** `ls -t ROOT | tail -n +N | xargs rm`: all but the first N - 1 go. */
function byCount({ text, source }: Resolved, at: string | undefined): readonly Prune[] {
  if (!text.includes("|") || !RM.test(text)) return [];
  const parts = text.split("|");
  const from = parts.findIndex((part) => LIST.test(part));
  const copies =
    from < 0
      ? undefined
      : parts
          .slice(from + 1)
          .map(leftBy)
          .find((left) => left !== undefined);
  if (copies === undefined) return [];
  const listed = (LIST.exec(parts[from]!)?.[1] ?? "")
    .split(/\s+/)
    .map(unquoted)
    .filter((word) => word !== "" && !/^-|[<>]/.test(word));
  const recursive = /\s-\w*[rR]/.test(RM.exec(text)?.[1] ?? "");
  return (listed.length === 0 ? [at ?? ""] : listed).map((place) => {
    const [, folder = "", name] = /^(.*\/)?([^/]*[*?[][^/]*)\/?$/.exec(place) ?? [];
    return {
      ...{ source, command: text.trim(), keeps: { copies }, deep: recursive, spared: [] },
      root: absolute(name === undefined ? place : folder, at),
      names: name === undefined || name === "*" ? [] : [name],
    };
  });
}

const absolute = (place: string, at: string | undefined): string =>
  place.startsWith("/") || at === undefined ? place : `${at.replace(/\/$/, "")}/${place.replace(/^\.\/?/, "")}`;

const GOES = /(?:^|[;&]\s*)cd\s+([^\s;&|]+)/g;

/** Commands of a block that thin out a folder whose path is known, in order; `lines` as `resolvedLines` gives them. */
export function prunesIn(lines: readonly Resolved[]): readonly Prune[] {
  let at: string | undefined;
  return lines
    .flatMap((line) => {
      for (const [, to = ""] of line.text.trim().matchAll(GOES)) at = unquoted(to);
      return [...byAge(line), ...byCount(line, at)];
    })
    .filter(({ root }) => root.startsWith("/"));
}
