import { ENGLISH_TOO } from "../words/commands.ts";
import { SENTENCE_END, SENTENCE_MARK } from "../words/typography.ts";
import { programName } from "./invocation.ts";
import { isKnown } from "./risk.ts";
import { wordsOf } from "./table.ts";

/** What a line without a language tag could be. */
export type LineLook = "command" | "perhaps" | "no";

const WRAPPED = /^(?:sudo|nohup|time|exec|env|doas)\s+(?:-\w+\s+(?=\S))*(?:[A-Za-z_]\w*=\S*\s+)*/;
const SHELL_WORD = wordsOf("if then else elif fi for do done while until case esac { } ! [[ [ export function return");

/** The first word that would be run. */
export function firstProgram(line: string): string {
  const bare = line
    .trim()
    .replace(/^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)+/, "")
    .replace(WRAPPED, "");
  return programName(/^[^\s;|&<>()]+/.exec(bare)?.[0] ?? "");
}

/** Several rules ask of the same lines: what was said of short ones is kept. */
const looks = new Map<string, LineLook>();
const MOST_LOOKS = 4_000;
const LONGEST_LOOK = 200;

/** Whether a line begins with a program we know and does not read like prose. */
export function looksLikeCommand(line: string): LineLook {
  const before = looks.get(line);
  if (before !== undefined) return before;
  const look = lookOf(line);
  if (looks.size >= MOST_LOOKS) looks.clear();
  if (line.length <= LONGEST_LOOK) looks.set(line, look);
  return look;
}

function lookOf(line: string): LineLook {
  const text = line.trim();
  const program = firstProgram(text);
  if (program === "") return /^[A-Za-z_]\w*=\S*$/.test(text) ? "perhaps" : "no";
  if (!isKnown(program)) return SHELL_WORD.has(program) || SCRIPT.test(program) ? "perhaps" : "no";
  if (!proseLike(text, program)) return "command";
  return wordsOf(ENGLISH_TOO).has(program) ? "no" : "perhaps";
}

const SCRIPT = /^(\.{1,2}\/|\/|~\/)[\w./-]+$/;
/** Something only a command line has: an option, a path, a variable, a pipe, an assignment, a number alone. */
const MARK =
  /(^|\s)(-{1,2}[A-Za-z]|[~./][\w./*-]|\d+(\s|$)|\S+=\S)|[|>$*`"']|[\w-]+\.[a-z]{2,4}(\s|$)|\S+[/@]\S+|\w:\w/;

function proseLike(text: string, program: string): boolean {
  if (SENTENCE_MARK.test(text) && !/[./]$/.test(text.split(/\s+/).at(-1) ?? "")) return !/^\.+$/.test(text);
  if (SENTENCE_END.test(text) && text.split(/\s+/).length > 3) return true;
  const rest = text.split(/\s+/).slice(1);
  if (rest.length === 0) return false;
  if (wordsOf(ENGLISH_TOO).has(program))
    return !MARK.test(rest.join(" ")) && !/^[a-z][a-z0-9_-]*$/.test(rest.join(" "));
  return ARTICLE.test(text) && !/["']/.test(text);
}
const ARTICLE = /\s(the|a|an|is|are|was|will|should|must|your|this|that|which|and|or|to|of|you|for)\s/;

/** A first word that no program has: output, prose or configuration in a block that says it is shell. */
export function implausible(program: string): boolean {
  if (program === "" || isKnown(program) || /^\$|^["'`]?\$[{(A-Za-z_]/.test(program)) return false;
  if (/^<[^>]*>$/.test(program)) return false;
  if (SCRIPT.test(program) || /^[\w./~+-]*\/[\w./+-]+$/.test(program)) return /^\d|^HTTP\//.test(program);
  return !/^[a-z_][a-z0-9_.+-]*$/.test(program) && !/^[A-Z][a-z]+[A-Z]?\w*\.(sh|py|jar|exe)$/.test(program);
}

/** Columns, rulers, progress and other shapes that only output has. */
export const OUTPUT_SHAPE =
  /^\s*(?:[-=+*_#]{4,}|\+[-=+]+\+|\|.*\|\s*$|total \d+$|[d-][rwxsStT-]{9}|(?:NAME|PID|USER|CONTAINER ID|REPOSITORY|Filesystem|COMMAND|NAMESPACE|STATUS|UID|Proto|State|Netid)\s{2,}\S|(?:Error|ERROR|Warning|WARNING|Usage|INFO|DEBUG|FATAL|OK|Active|Loaded|Main PID)\b[: ].*|HTTP\/\d)/;
