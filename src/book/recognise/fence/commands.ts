import type { Command } from "../../../model/block.ts";
import { firstProgram, implausible, looksLikeCommand, OUTPUT_SHAPE } from "../../shell/lines.ts";
import { isKnown } from "../../shell/risk.ts";
import { CHEAT, CHEAT_HINT } from "../../words/fences.ts";
import { fold } from "../../words/matcher.ts";
import { PRINTED } from "../../words/examples.ts";
import { STATE_WORD } from "../../words/placeholders.ts";
import { REMARK, TYPOGRAPHY, withoutQuotes } from "../../words/typography.ts";
import { conditionalStep } from "./alternatives.ts";
import { printedLine } from "./printed.ts";
import { commentSteps } from "./steps.ts";
import { ambiguous, evidence, isContent, isSession, isShell, isUntagged } from "./view.ts";
import type { Rule, View } from "./view.ts";

const cheats = new WeakMap<View, boolean>();

function isCheat(view: View): boolean {
  const known = cheats.get(view);
  if (known !== undefined) return known;
  const cheat = [...view.part.section.path.slice(-2), view.label].some(
    (title) => CHEAT_HINT.test(title) && CHEAT.in(fold(title)),
  );
  cheats.set(view, cheat);
  return cheat;
}

/** Without a language (or under `console` without a prompt) it is shell only if every command begins with a known program. */
export const untagged: Rule = (view) => {
  if (isShell(view)) return undefined;
  const text = { kind: "text", state: "narrative", rule: "fence/untagged" } as const;
  const { commands, problem } = view.shell();
  const content = view.lines.filter(isContent);
  if (content.length === 0) return text;
  if (
    /^\s*(?:sum|rate|irate|avg|max|min|histogram_quantile|increase|topk|absent)\b\s*(?:by\s*)?\(/.test(content[0] ?? "")
  )
    return { kind: "query", state: "recognised", rule: "fence/shape-promql" };
  if (
    /^\s*(?:SELECT\s.+\sFROM|INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM|ALTER TABLE|CREATE (?:TABLE|INDEX|USER|DATABASE)|DROP (?:TABLE|DATABASE|INDEX))\b/i.test(
      content.slice(0, 3).join(" "),
    )
  )
    return { kind: "query", state: "recognised", rule: "fence/shape-sql" };
  if (problem)
    return content.some((line) => looksLikeCommand(line) === "command") &&
      content.every((line) => looksLikeCommand(line) !== "no")
      ? undefined
      : text;
  const looks = commands.map((command) => looksLikeCommand(command.text.split("\n", 1)[0] ?? ""));
  if (looks.every((look) => look === "command"))
    return content.some((line) => OUTPUT_SHAPE.test(line)) ? text : undefined;
  const known = looks.filter((look) => look === "command").length;
  if (known === 0 || looks.filter((look) => look === "no").length > known) return text;
  const odd = commands[looks.findIndex((look) => look !== "command")];
  const fine = commands[looks.indexOf("command")];
  return ambiguous("fence/untagged-mixed", "WB250", [
    { kind: "script", evidence: `${fine?.line ?? 0}: ${fine?.text.slice(0, 80) ?? ""}` },
    { kind: "text", evidence: `${odd?.line ?? 0}: ${odd?.text.slice(0, 80) ?? ""}` },
  ]);
};

/** Lines in a shell block that no shell would run: output, prose, curly quotes. */
export const notCommands: Rule = (view) => {
  if (isCheat(view)) return undefined;
  const { commands, problem } = view.shell();
  const odd = commands.find((command) => oddLine(command));
  const lines = view.lines.findIndex(
    (line) => isContent(line) && (isMistyped(line) || /^\s*(?:\.{3}|…+)\s*$/.test(line) || isOutput(line)),
  );
  const at = lines >= 0 ? view.fence.first + lines : (odd?.line ?? printedLine(view));
  if (at === undefined) {
    if (!problem) return undefined;
    const line = problem.line - view.fence.first;
    return ambiguous(
      "fence/unreadable",
      "WB253",
      [
        { kind: "script", evidence: evidence(view, line) },
        { kind: "text", evidence: evidence(view, line) },
      ],
      { line: problem.line, problem: problem.kind },
    );
  }
  return ambiguous("fence/not-commands", "WB255", [
    { kind: "text", evidence: evidence(view, at - view.fence.first) },
    {
      kind: "script",
      evidence: evidence(
        view,
        Math.max(
          0,
          view.lines.findIndex((line) => looksLikeCommand(line) === "command"),
        ),
      ),
    },
  ]);
};

const isMistyped = (line: string): boolean => TYPOGRAPHY.test(line) || REMARK.test(withoutQuotes(line.slice(0, 2_000)));

const isOutput = (line: string): boolean => OUTPUT_SHAPE.test(line) && !/^\s*\|/.test(line);

function oddLine(command: Command): boolean {
  const first = command.text.split("\n", 1)[0] ?? "";
  if (command.programs.some((program, index) => implausible(program) || (index > 0 && STATE_WORD.test(program))))
    return true;
  if (PRINTED.test(first.trim()) && !isKnown(first.trim())) return true;
  const glued = /^\$([a-z][\w-]*)(\s|$)/.exec(first);
  if (glued?.[1] && isKnown(glued[1])) return true;
  return /^[A-Za-z ]+[.!:]$/.test(first) && first.split(" ").length > 2 && !isKnown(firstProgram(first));
}

/** Two or more numbered comments: a procedure, split at them. */
export const numberedSteps: Rule = (view) => {
  const found = commentSteps(view.shell());
  if (!found) return undefined;
  const { commands } = view.shell();
  const declared = view.info.attributes["wb-kind"] === "steps";
  const steps = { kind: "steps" as const, evidence: `${found.steps[0]?.line ?? 0}: ${found.steps[0]?.title ?? ""}` };
  if (found.jump && !declared)
    return ambiguous(
      "fence/step-numbers",
      "WB258",
      [steps, { kind: "script", evidence: `${found.jump.line}: ${found.jump.number}` }],
      { number: found.jump.number, line: found.jump.line },
      { commands },
    );
  const stray = found.stray[0];
  if (stray && !declared)
    return ambiguous(
      "fence/commands-before-steps",
      "WB250",
      [steps, { kind: "script", evidence: `${stray.line}: ${stray.text.slice(0, 80)}` }],
      {},
      { commands },
    );
  const conditional = declared ? undefined : conditionalStep(found);
  if (conditional !== undefined)
    return ambiguous(
      "fence/conditional-step",
      "WB259",
      [steps, { kind: "cheatsheet", evidence: evidence(view, conditional - view.fence.first) }],
      {},
      { commands },
    );
  return { kind: "steps", state: "recognised", rule: "fence/numbered-comments", commands };
};

/** A page of commands for reference: every line by itself, never one run. */
export const cheatSheet: Rule = (view) =>
  isCheat(view)
    ? { kind: "cheatsheet", state: "recognised", rule: "fence/cheat-sheet", commands: view.shell().commands }
    : undefined;

/** It goes on until somebody stops it: runs only with a time box. */
export const neverEnds: Rule = (view) => {
  const { commands } = view.shell();
  return commands.some((command) => command.neverEnds)
    ? { kind: "follow", state: "recognised", rule: "fence/never-ends", commands }
    : undefined;
};

/** It waits for a person: a human step. */
export const interactive: Rule = (view) => {
  const { commands } = view.shell();
  return commands.some((command) => command.interactive)
    ? { kind: "interactive", state: "recognised", rule: "fence/interactive", commands }
    : undefined;
};

/** What is left: one script; a block of comments alone is text. */
export const script: Rule = (view) => {
  const { commands } = view.shell();
  const rule = isUntagged(view) ? "fence/known-commands" : isSession(view) ? "fence/session-commands" : "fence/shell";
  return commands.length === 0
    ? { kind: "text", state: "narrative", rule: "fence/comments-only" }
    : { kind: "script", state: "recognised", rule, commands };
};
