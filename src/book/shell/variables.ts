import { GIVEN_VARIABLES } from "../words/examples.ts";
import { MAY_BE_EMPTY } from "../words/placeholders.ts";
import { wordsOf } from "./table.ts";

/** A variable that a text uses and never sets. */
export interface OpenVariable {
  /** `$NAME`, whatever its braces. */
  readonly text: string;
  /** Line from 1 in the text. */
  readonly line: number;
}

/** A use: `$X`, `$1`, `${X}`, `${X%.gz}`, `${X:0:3}`, `${#X}`, `${X:?}`. */
const USE = /\$(?:([A-Za-z_]\w*|[1-9])|\{([!#]?)([A-Za-z_]\w*|[1-9])([^}\n]{0,200})\})/y;
const DEFAULT = /^:?[-=+]/;
const SETS = /(?:^|[\s;&|({])([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/g;
const LOOPS = /(?:^|[\s;&|(])(?:for|select)\s+([A-Za-z_]\w*)/g;
const READS =
  /(?:^|[\s;&|({!])(?:read|mapfile|readarray|getopts\s+\S+|printf\s+-v|local|declare|typeset)((?:\s+(?:-[A-Za-z]+(?:\s+["'][^"']*["'])?|[A-Za-z_]\w*))+)/g;
const COUNTS = /\(\(\s*([A-Za-z_]\w*)/g;
const SOURCES = /(?:^|[;&|({]|(?:^|\s)(?:then|do|else))[ \t]*(?:source|\.|eval)[ \t]+\S/m;
const FUNCTION = /(?:^|[\s;])(?:function\s+\w+|[A-Za-z_][\w-]*\s*\(\))\s*(?:\{|$)|(?:^|[\s;])set\s+--(?:\s|$)/m;
/** What follows the sign of an assignment that leaves a blank: `NS=`, `NS=""`. */
const BLANK = /(?:""|'')?(?=[\s;&|)}]|$)/y;
const HERE = /<<-?\s*(["'\\]?)([A-Za-z_]\w*)/y;

/**
 * Variables that would be empty when the text runs in a shell of its own: used, not set in it (or only left blank), not
 * given by every login shell, without a default. After `source` or `eval` nothing can be said, and nothing is. Linear in the text.
 * @see POSIX.1-2024 Shell Command Language, 2.6.2 Parameter Expansion
 */
export function openVariables(text: string): readonly OpenVariable[] {
  if (!text.includes("$") || SOURCES.test(text)) return [];
  const known = setIn(text);
  const seen = new Set<string>();
  return uses(text).filter(({ text: use }) => {
    const name = use.slice(1);
    if (seen.has(name) || known.has(name) || wordsOf(GIVEN_VARIABLES).has(name) || name.startsWith("BASH_"))
      return false;
    return seen.add(name);
  });
}

function setIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(SETS)) {
    const name = match[1] as string;
    BLANK.lastIndex = match.index + match[0].length;
    if (MAY_BE_EMPTY.test(name) || !BLANK.test(text)) names.add(name);
  }
  for (const pattern of [LOOPS, COUNTS]) for (const match of text.matchAll(pattern)) names.add(match[1] as string);
  for (const [, words] of text.matchAll(READS))
    for (const word of (words ?? "").split(/\s+/)) if (/^[A-Za-z_]\w*$/.test(word)) names.add(word);
  for (const [, name] of text.matchAll(/\$\{([A-Za-z_]\w*):?=/g)) names.add(name as string);
  if (FUNCTION.test(text)) for (let digit = 1; digit <= 9; digit++) names.add(String(digit));
  return names;
}

/** Every use that a shell would expand: not in single quotes, comments or here-documents with a quoted delimiter. */
function uses(text: string): readonly OpenVariable[] {
  const found: OpenVariable[] = [];
  const here: { readonly end: string; readonly raw: boolean }[] = [];
  let line = 1;
  let double = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\n") {
      line++;
      const body = here.shift();
      if (!body) continue;
      const rest = hereBody(text, at + 1, body, line, found);
      line = rest.line;
      at = rest.at;
    } else if (char === "\\") {
      if (text[at + 1] === "\n") line++;
      at++;
    } else if (char === '"') double = !double;
    else if (char === "'" && !double) {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return found;
      line += text.slice(at, end).split("\n").length - 1;
      at = end;
    } else if (char === "#" && !double && (at === 0 || /\s/.test(text[at - 1] as string))) {
      const end = text.indexOf("\n", at);
      if (end < 0) return found;
      at = end - 1;
    } else if (char === "$") at = use(text, at, line, found);
    else if (char === "<" && !double) at = hereStart(text, at, here);
  }
  return found;
}

function use(text: string, at: number, line: number, found: OpenVariable[]): number {
  USE.lastIndex = at;
  const match = USE.exec(text);
  if (!match) return at;
  const [whole, bare, , braced, rest] = match;
  if (bare !== undefined) {
    found.push({ text: `$${bare}`, line });
    return at + whole.length - 1;
  }
  if (!DEFAULT.test(rest ?? "")) found.push({ text: `$${braced}`, line });
  // What stands inside the braces may hold uses of its own: ${X:-$Y}.
  return at + 1;
}

function hereStart(text: string, at: number, here: { readonly end: string; readonly raw: boolean }[]): number {
  if (text.startsWith("<<<", at)) return at + 2;
  HERE.lastIndex = at;
  const match = HERE.exec(text);
  if (!match) return at;
  here.push({ end: match[2] as string, raw: match[1] !== "" });
  return at + match[0].length - 1;
}

/** Reads a here-document; the offset given back is that of the line end before what follows it. */
function hereBody(
  text: string,
  from: number,
  body: { readonly end: string; readonly raw: boolean },
  first: number,
  found: OpenVariable[],
): { readonly at: number; readonly line: number } {
  let line = first;
  let at = from;
  while (at < text.length) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    if (text.slice(at, end).trim() === body.end) return { at: end - 1, line };
    if (!body.raw)
      for (let i = text.indexOf("$", at); i >= 0 && i < end; i = text.indexOf("$", i + 1))
        if (text[i - 1] !== "\\") use(text, i, line, found);
    at = end + 1;
    line++;
  }
  return { at: text.length, line };
}
