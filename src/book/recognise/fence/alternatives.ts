import type { Command } from "../../../model/block.ts";
import type { Comment } from "../../shell/reading.ts";
import { CONDITION, ONLY_ENVIRONMENT, OPTION, SAME_AS, SYSTEMS, UNDOES } from "../../words/examples.ts";
import { IF, INSTEAD } from "../../words/fences.ts";
import type { CommentSteps } from "./steps.ts";
import { ambiguous, evidence } from "./view.ts";
import type { Rule } from "./view.ts";

/** A longer command or remark is a text of its own; the patterns below are not for it. */
const LONGEST = 500;

/** One of the words that another undoes: most commands have none. */
const UNDOABLE = new RegExp(UNDOES.map(([word]) => word.source).join("|"));

/** Commands that are alternatives or conditional: run one after the other they undo each other. */
export const alternatives: Rule = (view) => {
  const { commands } = view.shell();
  const comments = view
    .shell()
    .comments.map((comment) =>
      comment.text.length <= LONGEST ? comment : { ...comment, text: comment.text.slice(0, LONGEST) },
    );
  const conditional = conditionalLine(comments, commands);
  const line =
    insteadLine(comments, commands) ?? conditional ?? undoing(commands) ?? undoneLater(commands) ?? rehearsed(commands);
  if (line === undefined || commands.length < (conditional === undefined ? 2 : 1)) return undefined;
  return ambiguous(
    "fence/alternatives",
    "WB259",
    [
      { kind: "cheatsheet", evidence: evidence(view, line - view.fence.first) },
      { kind: "script", evidence: evidence(view, commands[0] ? commands[0].line - view.fence.first : 0) },
    ],
    {},
    { commands },
  );
};

/** A remark that gives another way: "or", "option B", the same for another system. */
function insteadLine(comments: readonly Comment[], commands: readonly Command[]): number | undefined {
  const last = commands.at(-1)?.line ?? 0;
  const after = (comment: Comment) => last >= comment.line;
  const instead = comments.find(
    (comment) => comment.alone && (INSTEAD.test(comment.text) || SAME_AS.test(comment.text)) && after(comment),
  );
  if (instead) return instead.line;
  const options = comments.filter((comment) => comment.alone && OPTION.test(comment.text) && after(comment));
  if (options.length > 1) return options[1]?.line;
  const environments = comments.flatMap((comment) => {
    const named = comment.alone && comment.text.length < 60 ? ONLY_ENVIRONMENT.exec(comment.text) : null;
    return named ? [{ line: comment.line, named: (named[1] ?? named[2] ?? "").toLowerCase() }] : [];
  });
  const other = environments.find(({ named }) => named !== environments[0]?.named);
  if (other) return other.line;
  const systems = comments.flatMap((comment) => {
    if (comment.text.length >= 60) return [];
    const named = SYSTEMS.filter(([, words]) => words.test(comment.text)).map(([system]) => system);
    return named.length > 0 ? [{ line: comment.line, named: named.join(" ") }] : [];
  });
  return systems.find(({ named }) => named !== systems[0]?.named)?.line;
}

/** A remark that makes what follows, or what stands before it on its line, depend on a condition. */
function conditionalLine(comments: readonly Comment[], commands: readonly Command[]): number | undefined {
  let at = 0;
  return comments.find(({ line, text, alone }) => {
    if (!CONDITION.test(text) && !(alone && IF.test(text))) return false;
    while (at < commands.length && (commands[at]?.line ?? 0) < line) at++;
    const next = commands.slice(at, at + 2).find((command) => (alone ? command.line > line : command.line === line));
    return next !== undefined && next.risk !== "read";
  })?.line;
}

const isConditional = (text: string): boolean => IF.test(text) || CONDITION.test(text);

/** Line of the first numbered step that is done only under a condition and changes something. */
export const conditionalStep = (found: CommentSteps): number | undefined =>
  found.steps.find(
    ({ title, commands }) =>
      isConditional(title.slice(0, LONGEST)) && commands.some((command) => command.risk !== "read"),
  )?.line;

const STATE = /\b(start|stop|restart|enable|disable|up|down)\b/;
const IN_A_ROW = new Set([
  "start stop",
  "stop restart",
  "start restart",
  "restart stop",
  "restart start",
  "enable disable",
  "up down",
]);

/** Line of a command that undoes or repeats the one directly before it: start, stop, restart of one unit in a row. */
function undoing(commands: readonly Command[]): number | undefined {
  for (let i = 1; i < commands.length; i++) {
    const [before, now] = [commands[i - 1], commands[i]];
    const [a, b] = [STATE.exec(before?.text ?? "")?.[0], STATE.exec(now?.text ?? "")?.[0]];
    if (!before || !now || !a || !b || a === b || before.programs[0] !== now.programs[0]) continue;
    if (before.text.replace(STATE, "") !== now.text.replace(STATE, "")) continue;
    if (IN_A_ROW.has(`${a} ${b}`)) return now.line;
  }
  return undefined;
}

/** Line of a command that undoes an earlier one while nothing was done in between: cordon, look, uncordon. */
function undoneLater(commands: readonly Command[]): number | undefined {
  /** What would undo a command since which nothing was changed. */
  const undone = new Set<string>();
  for (const { text, risk, line } of commands) {
    if (undone.has(text)) return line;
    if (risk !== "read") undone.clear();
    if (text.length > LONGEST) continue;
    if (UNDOABLE.test(text))
      for (const [word, undo] of UNDOES) if (word.test(text)) undone.add(text.replace(word, undo));
    const [, tool, name] = /^(?:sudo )?(docker|podman) run\b.*\s--name[ =]([\w.-]+)/.exec(text) ?? [];
    for (const undo of name === undefined ? [] : ["stop", "rm", "rm -f", "kill"]) undone.add(`${tool} ${undo} ${name}`);
  }
  return undefined;
}

const DRY = /\s--?(?:dry[-_]?run|check|simulate|just-print)(?:=\S+)?(?=\s|$)/;

/** Line where the rehearsal and the real command stand in one block: nobody could look at the one before the other. */
function rehearsed(commands: readonly Command[]): number | undefined {
  const short = commands.filter((command) => command.text.length <= LONGEST);
  const dry = new Set(short.filter(({ text }) => DRY.test(text)).map(({ text }) => subject(text.replace(DRY, ""))));
  return dry.size === 0 ? undefined : short.find(({ text }) => !DRY.test(text) && dry.has(subject(text)))?.line;
}

/** Program and its first two words: what two forms of one command have in common. */
const subject = (text: string): string => text.trim().split(/\s+/, 3).join(" ");
