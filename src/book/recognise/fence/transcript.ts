import type { Command } from "../../../model/block.ts";
import { shellText } from "../../shell/commands.ts";
import { looksLikeCommand, OUTPUT_SHAPE } from "../../shell/lines.ts";
import { AS_ROOT } from "../../words/fences.ts";
import { fold } from "../../words/matcher.ts";
import { ambiguous, evidence, isSession, isShell, isUntagged } from "./view.ts";
import type { Rule, View } from "./view.ts";

const PROMPT =
  /^\s{0,4}(?:\([\w.-]{1,40}\)\s?)?(?:\[[^\]\s]{1,60}@[^\]]{1,80}\]\s?[$#]|[\w.-]{1,60}@[\w.-]{1,60}(?::[^\s$#%]{0,120})?\s?[$#%]|(?:ba|z|a)?sh-\d[\d.]*[$#]|(?:~|\/[\w./-]{0,100})\s[$#]|[\w.-]{2,40}:[~/][^\s$#]{0,100}\s?[$#]|\$|❯|➜\s+\S{1,60})\s+(?=\S)/;
/** One of these ends every prompt. */
const PROMPT_SIGN = /[$#%❯➜]/;
const ROOT = /^# (?=\S)/;
const ANGLE = /^> (?=\S)/;
/** Prompts of clients: what stands behind them is not shell. */
const CLIENT =
  /^\s{0,4}(?:mysql|MariaDB \[[^\]]*\]|sqlite|mongo|mongosh|rs\d+:\w+|cqlsh[\w:.]*|hive|SQL|sql|ksql|influx|redis[\w .:]*|(?:\d{1,3}\.){3}\d{1,3}:\d+|[\w.-]+:\d{4,5}|test|admin|etcd|zk: \S+)(?:\(ro\))?> ?|^\s{0,4}[\w-]{1,40}(?:=|-|\()[#>] ?/;
/** Prompts of programming languages: code, not commands. */
const REPL = /^>>> |^(?:In \[\d+\]:|irb\(|pry\(|iex\()/;
const OTHER_SHELL = /^\s*(?:PS [A-Z]:\\[^>]*>|PS>|[A-Z]:\\[^>]*>)/;

/** Prompts and output: the prompted lines are commands, the rest is what they are expected to print. */
export const transcript: Rule = (view) => {
  if (!isShell(view) && !isSession(view) && !isUntagged(view)) return undefined;
  if (view.lines.some((line) => OTHER_SHELL.test(line) || REPL.test(line)))
    return { kind: "text", state: "narrative", rule: "fence/other-shell" };
  const prompt = promptOf(view);
  if (prompt === undefined) return client(view) ?? rootOrComment(view);
  return readTranscript(view, prompt);
};

function promptOf(view: View): RegExp | undefined {
  const { lines } = view;
  if (lines.some((line) => PROMPT_SIGN.test(line) && PROMPT.test(line))) return PROMPT;
  const content = lines.filter((line) => line.trim() !== "");
  const all = (pattern: RegExp) =>
    content.length > 0 &&
    content.every((line) => pattern.test(line) && looksLikeCommand(line.replace(pattern, "")) === "command");
  if (all(ANGLE)) return ANGLE;
  return !isShell(view) && content.some((line) => ROOT.test(line)) && AS_ROOT.in(fold(view.label)) ? ROOT : undefined;
}

const client = (view: View) =>
  view.lines.some((line) => CLIENT.test(line)) &&
  (isUntagged(view) ||
    isSession(view) ||
    view.lines.findIndex((line) => line.trim() !== "") === view.lines.findIndex((line) => CLIENT.test(line)))
    ? ({ kind: "query", state: "recognised", rule: "fence/client-prompt" } as const)
    : undefined;

/** Every line begins with `# ` and goes on like a command: comments, or the prompt of root. */
const rootOrComment: Rule = (view) => {
  const content = view.lines.filter((line) => line.trim() !== "");
  // Said once more below, but looking at what a line could be costs far more than looking at its first sign.
  if (isShell(view) ? !content.every((line) => ROOT.test(line)) : !content.some((line) => ROOT.test(line)))
    return undefined;
  const rooted = content.filter((line) => ROOT.test(line) && looksLikeCommand(line.slice(2)) === "command");
  const bare = content.filter((line) => !line.startsWith("#") && looksLikeCommand(line) === "command");
  if (rooted.length === 0 || bare.length > 0 || (isShell(view) && rooted.length < content.length)) return undefined;
  if (rooted.length * 2 < content.filter((line) => line.startsWith("#")).length) return undefined;
  return ambiguous("fence/root-prompt-or-comment", "WB250", [
    {
      kind: "transcript",
      evidence: evidence(
        view,
        view.lines.findIndex((line) => ROOT.test(line)),
      ),
    },
    {
      kind: "text",
      evidence: evidence(
        view,
        view.lines.findIndex((line) => line.startsWith("#")),
      ),
    },
  ]);
};

/** A command with its continuation lines may not be longer than this. */
const MOST = 60;

function readTranscript(view: View, prompt: RegExp): ReturnType<Rule> {
  const commands: Command[] = [];
  const expected: string[] = [];
  const { lines } = view;
  let output: string[] = [];
  const close = () => {
    if (commands.length > 0) expected[commands.length - 1] = output.join("\n").trimEnd();
    output = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (!prompt.test(line)) {
      if (looksUnprompted(line, commands.length === 0))
        return mixed(
          view,
          i,
          lines.findIndex((other) => prompt.test(other)),
        );
      output.push(line);
      continue;
    }
    close();
    const taken = take(view, i, prompt);
    if (!taken) return unreadable(view, i);
    for (const command of taken.commands) {
      commands.push(command);
      expected.push("");
    }
    i = taken.last;
  }
  close();
  return { kind: "transcript", state: "recognised", rule: "fence/prompt", commands, expected };
}

/** A line without prompt that a reader would type as well. Comments before the first prompt say what follows. */
const looksUnprompted = (line: string, first: boolean): boolean =>
  !(first && /^\s*#/.test(line)) &&
  !OUTPUT_SHAPE.test(line) &&
  /^\S/.test(line) &&
  looksLikeCommand(line) === "command";

function take(
  view: View,
  from: number,
  prompt: RegExp,
): { readonly commands: readonly Command[]; readonly last: number } | undefined {
  const { lines, fence } = view;
  let text = (lines[from] ?? "").replace(prompt, "");
  for (let last = from; last < Math.min(lines.length, from + MOST); last++) {
    if (last > from) text += `\n${(lines[last] ?? "").replace(/^\s*> /, "")}`;
    const next = lines[last + 1];
    const open = next !== undefined && !prompt.test(next);
    if (open && /\\\s*$/.test(text)) continue;
    const read = shellText(text, fence.first + from);
    if (!read.problem) return { commands: read.commands, last };
    if (!open) return undefined;
  }
  return undefined;
}

const mixed = (view: View, at: number, prompted: number) =>
  ambiguous("fence/transcript-mixed", "WB250", [
    { kind: "transcript", evidence: evidence(view, prompted) },
    { kind: "script", evidence: evidence(view, at) },
  ]);

const unreadable = (view: View, at: number) =>
  ambiguous(
    "fence/unreadable",
    "WB253",
    [
      { kind: "transcript", evidence: evidence(view, at) },
      { kind: "text", evidence: evidence(view, at) },
    ],
    {
      line: view.fence.first + at,
      problem: "quote",
    },
  );
