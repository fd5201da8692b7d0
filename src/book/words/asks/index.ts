import type { Proposal } from "../../../model/duty.ts";
import { pages, ports } from "./addresses.ts";
import type { Ask } from "./ask.ts";
import { asked } from "./ask.ts";
import { backups } from "./backups.ts";
import { certificates } from "./certificates.ts";
import { connections } from "./connections.ts";
import { files } from "./files.ts";
import { logs } from "./logs.ts";
import { machine } from "./machine.ts";
import { processes } from "./processes.ts";

const ASKS: readonly Ask[] = [machine, pages, ports, certificates, logs, backups, connections, files, processes];
const BETWEEN = /\s*[,;、]\s*(?:and )?|,? and |(?:,\s*)?(?:并且|而且|且|以及|同时)/iu;
/** More clauses than this are a paragraph. */
const MOST = 6;

const answer = (sentence: string): readonly Proposal[] | undefined => {
  for (const ask of ASKS) {
    const found = ask(sentence);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The checks that would see whether a checklist item holds, with the values that it names; empty unless the item is
 * understood to the last word. Clauses may be joined; then every one of them must be understood.
 */
export function proposalsOf(item: string): readonly Proposal[] {
  const sentence = asked(item);
  if (sentence === undefined || sentence === "") return [];
  const whole = answer(sentence);
  if (whole) return whole;
  const clauses = sentence.split(BETWEEN).map((clause) => clause.trim());
  if (clauses.length < 2 || clauses.length > MOST) return [];
  const each = clauses.map(answer);
  return each.every((found) => found !== undefined) ? each.flat() : [];
}
