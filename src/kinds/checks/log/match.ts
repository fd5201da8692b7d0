import { bounded } from "../../../model/pattern.ts";

/** Gives the matching lines of a block that ends with a line end. */
export type Match = (block: Buffer) => readonly string[];

const escape = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** One literal: looks at bytes and decodes only the lines that have it. */
function literal(text: string): Match {
  const needle = Buffer.from(text);
  return (block) => {
    const lines: string[] = [];
    for (let at = block.indexOf(needle); at !== -1;) {
      const start = block.lastIndexOf(0x0a, at) + 1;
      const end = block.indexOf(0x0a, at);
      lines.push(block.toString("utf8", start, end === -1 ? block.length : end));
      at = end === -1 ? -1 : block.indexOf(needle, end);
    }
    return lines;
  };
}

/** A regular expression, line by line, in pieces small enough for its time limit. */
function expression(source: string, flags: string): Match {
  return (block) => {
    const wanted = new RegExp(source, flags);
    const lines = block.toString("utf8").split("\n");
    const found: string[] = [];
    for (let at = 0; at < lines.length; at += 4_096) {
      const piece = lines.slice(at, at + 4_096);
      found.push(...bounded(source, () => piece.filter((line) => wanted.test(line))));
    }
    return found;
  };
}

export interface Wanted {
  readonly contains?: string | readonly string[] | undefined;
  readonly regex?: string | undefined;
  readonly excludes?: string | undefined;
  readonly ignoreCase: boolean;
}

/** Levels as the common loggers, nginx, syslog and JSON lines (pino: 50, 60) write them. */
const ERRORS = String.raw`\b(?:ERROR|FATAL|CRITICAL|PANIC)\b|\[(?:error|crit|alert|emerg)\]|"level": ?(?:"(?:error|fatal|critical|panic)"|[56]0\b)`;

export function matcher({ contains, regex, excludes, ignoreCase }: Wanted): Match {
  const flags = ignoreCase ? "iu" : "u";
  const literals = contains === undefined ? [] : [contains].flat();
  const source = literals.length > 0 ? literals.map(escape).join("|") : (regex ?? ERRORS);
  const all = literals.length === 1 && !ignoreCase ? literal(literals[0]!) : expression(source, flags);
  if (excludes === undefined) return all;
  return (block) => {
    const lines = all(block);
    return bounded(excludes, () => {
      const unwanted = new RegExp(excludes, flags);
      return lines.filter((line) => !unwanted.test(line));
    });
  };
}
