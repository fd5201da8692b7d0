import { DESTROYERS, READERS, TOOLS, WRITERS } from "../words/commands.ts";
import { CLOUDS, CLOUD_DESTROY, CLOUD_READ, CLOUD_WRITE } from "../words/commands-containers.ts";
import { SQL_CLIENTS } from "../words/commands-databases.ts";
import { WRAPPERS } from "../words/commands-waits.ts";
import { hasAny, positional } from "./flags.ts";
import type { Invocation } from "./invocation.ts";
import type { Redirect } from "./reading.ts";
import { judgeClient } from "./sql.ts";
import { judgeStranger } from "./stranger.ts";
import { lazy, wordsOf } from "./table.ts";
import type { FlagRule, Tool } from "./tool.ts";
import { worse } from "./worse.ts";
import type { Judged } from "./worse.ts";

const READS: Judged = { risk: "read", why: "reads" };
const REHEARSES: Judged = { risk: "read", why: "rehearses" };
const SHELLS = wordsOf("bash sh zsh dash ash ksh");

const toolOf = (program: string): Tool | undefined => (Object.hasOwn(TOOLS, program) ? TOOLS[program] : undefined);

/** Whether the program's name is in the tables. */
export const isKnown = (program: string): boolean => names().has(program);

const names = lazy(
  () =>
    new Set([
      ...[TOOLS, SQL_CLIENTS, WRAPPERS].flatMap((table) => Object.keys(table)),
      ...[READERS, WRITERS, DESTROYERS, CLOUDS].flatMap((list) => [...wordsOf(list)]),
      ...SHELLS,
      ...EXTRA,
    ]),
);

/** Programs that are known by name, while what they do depends on a text of their own. */
const EXTRA = wordsOf(
  "node ruby php perl python python2 lua java javac eval su source python3 Rscript deno bun gcloud expect osascript xdg-open",
);

/** Why nothing is known of a program, so that its own words have to do. */
const STRANGE = new Set(["unknown-program", "unknown-subcommand", "script"]);

/** Risk of one program with its arguments and redirections. */
export function judge(one: Invocation): Judged {
  const known = one.carrier ? READS : judgeProgram(one);
  const own = STRANGE.has(known.why) ? judgeStranger(one, known) : known;
  return one.redirects.reduce((worst, redirect) => worse(worst, judgeRedirect(redirect, one)), own);
}

function judgeProgram(one: Invocation): Judged {
  if (one.opaque) return { risk: "unknown", why: "opaque-shell" };
  if (one.dynamic) return { risk: "unknown", why: "dynamic-program" };
  if (one.program === "") return READS;
  if (one.args.length === 1 && /^(--version|--help|-V|-version)$/.test(one.args[0] ?? "") && isName(one.program))
    return READS;
  if (SHELLS.has(one.program) || one.program === "source" || one.program === ".")
    return { risk: "unknown", why: one.piped ? "pipe-to-shell" : one.args.length === 0 ? "session" : "script" };
  const client = judgeClient(one);
  if (client) return client;
  const tool = toolOf(one.program);
  if (tool) return judgeTool(one, tool);
  if (wordsOf(READERS).has(one.program)) return READS;
  if (wordsOf(WRITERS).has(one.program)) return { risk: "write", why: "writes" };
  if (wordsOf(DESTROYERS).has(one.program) || one.program.startsWith("mkfs."))
    return { risk: "destructive", why: "destroys" };
  if (wordsOf(CLOUDS).has(one.program)) return judgeCloud(one);
  return {
    risk: "unknown",
    why: EXTRA.has(one.program) || /\.(sh|py|js|ts|rb|pl)$/.test(one.program) ? "script" : "unknown-program",
  };
}

/** A program's name, as opposed to the path of a script. */
const isName = (program: string): boolean => !/[/]|\.(sh|py|js|ts|rb|pl)$/.test(program);

interface Sub {
  readonly name: string;
  /** Index of its last word in the arguments. */
  readonly at: number;
}

const heads = new WeakMap<Invocation, readonly Sub[]>();

/** What may be the sub-command: the first three, two or one positional words. */
function subs(one: Invocation, values: string | undefined): readonly Sub[] {
  const known = heads.get(one);
  if (known) return known;
  const found: Sub[] = [];
  let name = "";
  for (const word of positional(one.args, values, 3)) {
    name = name === "" ? word.text.toLowerCase() : `${name}+${word.text.toLowerCase()}`;
    found.unshift({ name, at: word.at });
  }
  heads.set(one, found);
  return found;
}

/** The longest sub-command (up to three words) that somebody knows. */
export const subCommand = (one: Invocation, knows: (name: string) => boolean): Sub | undefined =>
  subs(one, valuesOf(one.program)).find((sub) => knows(sub.name));

/** Options of a program that take the next word as value. */
export const valuesOf = (program: string): string =>
  toolOf(program)?.values ?? (Object.hasOwn(SQL_CLIENTS, program) ? `${SQL_CLIENTS[program]?.values ?? ""} -p` : "");

const SUBS = ["destructive", "write", "read"] as const;

const toolSub = (one: Invocation, tool: Tool): Sub | undefined =>
  subCommand(one, (name) => SUBS.some((risk) => tool[risk] !== undefined && wordsOf(tool[risk]).has(name)));

/** Beyond this many characters arguments are a text of their own; the rules' patterns are not for them. */
const LONGEST = 8_000;

function judgeTool(one: Invocation, tool: Tool): Judged {
  if (one.args.reduce((sum, arg) => sum + arg.length, 0) > LONGEST) return { risk: "unknown", why: "opaque-shell" };
  const sub = toolSub(one, tool);
  if (tool.dry !== undefined && hasAny(one.args, tool.dry, tool.values)) return REHEARSES;
  const rule = tool.rules?.find((candidate) => fits(candidate, one, sub, tool));
  if (rule) return { risk: rule.risk, why: rule.why };
  const risk = SUBS.find((one) => sub && wordsOf(tool[one] ?? "").has(sub.name));
  if (risk) return { risk, why: risk === "read" ? "reads" : risk === "write" ? "writes" : "destroys" };
  if (EXTRA.has(one.program)) return { risk: "unknown", why: "script" };
  if (tool.base === undefined || (tool.read !== undefined && positional(one.args, tool.values).length > 0))
    return { risk: "unknown", why: "unknown-subcommand" };
  return {
    risk: tool.base,
    why: tool.base === "read" ? "reads" : tool.base === "write" ? "writes" : "unknown-subcommand",
  };
}

function fits(rule: FlagRule, one: Invocation, sub: Sub | undefined, tool: Tool): boolean {
  if (rule.sub !== undefined && (!sub || !wordsOf(rule.sub).has(sub.name))) return false;
  const args = rule.sub === undefined ? one.args : one.args.slice((sub?.at ?? -1) + 1);
  if (rule.any !== undefined && !hasAny(args, rule.any, rule.sub === undefined ? tool.values : "")) return false;
  return rule.match === undefined || rule.match.test(one.args.join(" "));
}

function judgeCloud(one: Invocation): Judged {
  if (hasAny(one.args, "--dry-run --dryrun --no-execute-changeset")) return REHEARSES;
  const verbs = positional(one.args)
    .slice(0, 4)
    .map((word) => word.text.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase());
  for (const verb of verbs.toReversed()) {
    if (CLOUD_DESTROY.test(verb)) return { risk: "destructive", why: "destroys" };
    if (CLOUD_WRITE.test(verb)) return { risk: "write", why: "writes" };
    if (CLOUD_READ.test(verb)) return READS;
  }
  return { risk: "unknown", why: "unknown-subcommand" };
}

const HARMLESS = /^(\/dev\/(null|stdout|stderr|tty)|&?\d|-)$/;
const DEVICE = /^\/dev\/(sd|hd|vd|nvme|xvd|mapper|md|loop|disk)/;
const SYSTEM_FILE = /^\/(etc|boot|usr|lib|bin|sbin|proc|sys)\//;

/** Risk of a redirection: where it writes. */
function judgeRedirect(redirect: Redirect, one: Invocation): Judged {
  if (redirect.op.startsWith("<")) return READS;
  const { text } = redirect.target;
  if (HARMLESS.test(text) || redirect.op === ">&") return READS;
  if (DEVICE.test(text)) return { risk: "destructive", why: "overwrite-device" };
  if (redirect.op === ">>") return { risk: "write", why: "append" };
  if (one.program === ":" || one.program === "" || (one.program === "cat" && one.args[0] === "/dev/null"))
    return { risk: "destructive", why: "truncate-file" };
  return { risk: SYSTEM_FILE.test(text) ? "destructive" : "write", why: "redirect-over-file" };
}
