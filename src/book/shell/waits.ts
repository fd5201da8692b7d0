import { CONSOLE_ASKS } from "../words/commands-waits-consoles.ts";
import { DAEMON_FOLLOWS } from "../words/commands-waits-daemons.ts";
import { MORE_ASKS, MORE_FOLLOWS } from "../words/commands-waits-more.ts";
import { ASKS, FOLLOWS } from "../words/commands-waits.ts";
import { hasAny, positional } from "./flags.ts";
import type { Invocation } from "./invocation.ts";
import { subCommand, valuesOf } from "./risk.ts";
import { lazy, wordsOf } from "./table.ts";
import type { WaitRule } from "./tool.ts";

const byProgram = (rules: readonly WaitRule[]) =>
  lazy(() => {
    const index = new Map<string, WaitRule[]>();
    for (const rule of rules)
      for (const program of wordsOf(rule.of)) index.set(program, [...(index.get(program) ?? []), rule]);
    return index;
  });

const follows = byProgram([...FOLLOWS, ...MORE_FOLLOWS, ...DAEMON_FOLLOWS]);
const asks = byProgram([...ASKS, ...MORE_ASKS, ...CONSOLE_ASKS]);

/** A program by its name, also where the manual says in which folder of programs it lies: `bin/hbase`, `/opt/kafka/bin/x.sh`. */
const INSTALLED = /(?:^|\/)s?bin\/([^/]+)$/;
const nameOf = ({ program }: Invocation): string => INSTALLED.exec(program)?.[1] ?? program;

/** It goes on until somebody stops it. */
export const neverEnds = (one: Invocation): boolean =>
  !one.boxed && (follows().get(nameOf(one)) ?? []).some((rule) => waits(rule, one));

/** It waits for a person at a terminal. */
export const isInteractive = (one: Invocation): boolean =>
  !one.dynamic && (asks().get(nameOf(one)) ?? []).some((rule) => !carriesInput(rule, one) && waits(rule, one));

/** A carrier with a program behind it does not open a session, unless a terminal is asked for. */
const carriesInput = (rule: WaitRule, one: Invocation): boolean => one.carrier && rule.any === undefined;

function waits(rule: WaitRule, one: Invocation): boolean {
  const values = valuesOf(nameOf(one));
  let { args } = one;
  if (rule.sub !== undefined) {
    const known = wordsOf(rule.sub);
    const sub = subCommand(one, (name) => known.has(name));
    if (!sub) return false;
    args = one.args.slice(sub.at + 1);
  }
  const attached = rule.sub === undefined ? values : "";
  if (rule.any !== undefined && !hasAny(args, rule.any, attached)) return false;
  if (rule.unless !== undefined && hasAny(one.args, rule.unless, attached)) return false;
  if (
    rule.stdin &&
    (one.piped || one.redirects.some((redirect) => redirect.op.startsWith("<") && redirect.op !== "<&"))
  )
    return false;
  if (rule.most !== undefined && positional(one.args, values, rule.most + 1).length > rule.most) return false;
  if (rule.match === undefined && rule.except === undefined) return true;
  const text = one.args.join(" ").slice(0, 8_000);
  if (rule.match !== undefined && !rule.match.test(text)) return false;
  return rule.except === undefined || !rule.except.test(text);
}
