import { isWrittenOut, PASSWORD_NAME, SECRET_NAME } from "../words/credentials.ts";
import { LONGEST_LINE } from "./lines.ts";

const NAME = /(?:^|[\s{,"'-])(?:name|key)["']?\s*:\s*["']?([\w.-]{1,100})["']?\s*(?:[,#}]|$)/i;
const VALUE = /(?:^|[\s{,"'-])value["']?\s*:\s*["']?([!-~]{1,200})/i;

/** How many lines below its name a value is looked for. */
const NEAR = 2;

const valueIn = (line: string): string | undefined => VALUE.exec(line)?.[1]?.replace(/["'`,}]{1,8}(?:\s.*)?$/, "");

/** Lines whose value belongs to a variable named like a secret, by line from 1: `- name: DB_PASSWORD`, below it `value: x`. */
export function envValues(lines: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const short = (at: number): string => (lines[at] ?? "").slice(0, LONGEST_LINE);
  for (let at = 0; at < lines.length; at += 1) {
    const line = short(at);
    const name = line.includes(":") ? NAME.exec(line)?.[1] : undefined;
    if (name === undefined || !(PASSWORD_NAME.test(name) || SECRET_NAME.test(name))) continue;
    let below = at;
    if (valueIn(line) === undefined) {
      below += 1;
      while (below < at + NEAR && /^\s*(?:#.*)?$/.test(short(below))) below += 1;
      // The next item's value is that of another name.
      if (!/^\s*["']?value\b/i.test(short(below))) continue;
    }
    if (isWrittenOut(name, valueIn(short(below)) ?? "")) found.set(below + 1, name);
  }
  return found;
}
