import type { Command, Flag, Placeholder } from "../../model/block.ts";
import { readShell } from "./read.ts";
import { invocations } from "./invocation.ts";
import type { Invocation } from "./invocation.ts";
import { assignedPlaceholders, declared } from "./assigned.ts";
import { placeholdersOf } from "./placeholders.ts";
import type { Comment, Reading, Statement } from "./reading.ts";
import { judge } from "./risk.ts";
import { wordsOf } from "./table.ts";
import { isInteractive, neverEnds } from "./waits.ts";
import { worse } from "./worse.ts";
import type { Judged } from "./worse.ts";

/** A block of shell taken apart. Lines are those of the file when `first` is the line of the text's first line. */
export interface ShellText {
  readonly commands: readonly Command[];
  readonly comments: readonly Comment[];
  /** Last line of each command. */
  readonly ends: readonly number[];
  readonly problem?: NonNullable<Reading["problem"]>;
}

/**
 * Reads shell text into commands with programs, flags, risk and hazards. Nothing is run.
 * @example shellText("sudo systemctl restart nginx", 10).commands[0].risk // "write"
 */
export function shellText(text: string, first = 1): ShellText {
  const reading = readShell(text);
  const shift = first - 1;
  return {
    commands: reading.statements.map((statement) => commandOf(statement, shift)),
    comments: reading.comments.map((comment) => ({ ...comment, line: comment.line + shift })),
    ends: reading.statements.map((statement) => statement.end + shift),
    ...(reading.problem ? { problem: { kind: reading.problem.kind, line: reading.problem.line + shift } } : {}),
  };
}

const READS: Judged = { risk: "read", why: "reads" };

/** A book says the same short commands again and again; what is known of them but their line is kept. */
const known = new Map<string, Command>();
const MOST_KNOWN = 2_000;
const LONGEST_KNOWN = 200;

function commandOf(statement: Statement, shift: number): Command {
  const { text, end } = statement;
  if (statement.line !== end || text.length > LONGEST_KNOWN) return judged(statement, shift);
  const before = known.get(text);
  const line = statement.line + shift;
  if (before) return { ...before, line, placeholders: before.placeholders.map((one) => ({ ...one, line })) };
  const command = judged(statement, shift);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, command);
  return command;
}

function judged(statement: Statement, shift: number): Command {
  const runs = statement.simples
    .toSorted((a, b) => Number(a.nested) - Number(b.nested))
    .flatMap((simple) => invocations(simple).map((one) => ({ one, line: simple.line + shift })));
  const worst =
    runs
      .map(({ one }) => judge(one))
      .reduce<Judged | undefined>((before, one) => (before ? worse(before, one) : one), undefined) ?? READS;
  const flags = runs.flatMap(({ one }) => flagsOf(one));
  const mode = modeOf(flags);
  return {
    line: statement.line + shift,
    text: statement.text,
    programs: runs.map(({ one }) => one.program).filter((program) => program !== ""),
    flags,
    risk: worst.risk,
    why: worst.why,
    sudo: runs.some(({ one }) => one.sudo || one.program === "sudo"),
    neverEnds: statement.endless || runs.some(({ one }) => neverEnds(one)),
    interactive: runs.some(({ one }) => isInteractive(one)),
    placeholders: unique([
      ...runs.flatMap(({ one, line }, index) => [
        ...placeholdersOf(one, line, readerOf(runs, index)),
        ...assignedPlaceholders(declared(one), line),
      ]),
      ...statement.simples.flatMap(({ assignments, line }) => assignedPlaceholders(assignments, line + shift)),
    ]),
    ...(mode ? { mode } : {}),
  };
}

/** The program that reads what a run prints, behind what only carries it; "" when nothing does. */
function readerOf(runs: readonly { readonly one: Invocation }[], index: number): string {
  for (let next = runs[index + 1]?.one; next?.piped === true; next = runs[++index + 1]?.one)
    if (!next.carrier) return next.program;
  return "";
}

const unique = (list: readonly Placeholder[]): readonly Placeholder[] =>
  list.filter((one, index) => list.findIndex((other) => other.text === one.text && other.line === one.line) === index);

/** Long flags that are a switch: the word behind them is not their value. */
const SWITCHES =
  "--execute --dry-run --force --inject-fault --all --yes --follow --recursive --version --help --verbose --quiet --install --rm --detach --no-cache --wait --atomic --json --now --watch --require-fault-step --all-namespaces --delete --verify --debug --user --global --reload";

/** Flags in order: `--name value`, `--name=value`, `-n 100`. A short flag takes a value only when that is a number. */
function flagsOf(one: Invocation): readonly Flag[] {
  const flags: Flag[] = [];
  one.args.forEach((arg, index) => {
    const next = one.args[index + 1];
    const long = /^(--[A-Za-z][\w-]*)(?:=(.*))?$/s.exec(arg);
    if (long?.[1]) {
      const value =
        long[2] ?? (next !== undefined && !next.startsWith("-") && !wordsOf(SWITCHES).has(long[1]) ? next : undefined);
      flags.push(value === undefined ? { name: long[1] } : { name: long[1], value });
    } else if (/^-[A-Za-z]\w*$/.test(arg))
      flags.push(next !== undefined && /^\d+$/.test(next) ? { name: arg, value: next } : { name: arg });
  });
  return flags;
}

function modeOf(flags: readonly Flag[]): Command["mode"] {
  if (flags.some((flag) => flag.name === "--dry-run" && flag.value !== "none" && flag.value !== "false"))
    return "dry-run";
  return flags.some((flag) => flag.name === "--execute") &&
    flags.some((flag) => flag.name === "--execute" && flag.value === undefined)
    ? "execute"
    : undefined;
}
