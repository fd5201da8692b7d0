import { BLOCK_KINDS } from "../../../model/block.ts";
import { ON_FAIL } from "../../../model/plan.ts";
import { RISKS } from "../../../model/states.ts";
import type { BlockKind, Command } from "../../../model/block.ts";
import { likely, nearest } from "../../../model/nearest.ts";
import { SHELL_LANGS } from "../../words/fences.ts";
import type { Rule, Ruling, View } from "./view.ts";

/** Our keys in the braces of a fence; Runme's keys stand beside them without prefix. */
export const OUR_KEYS: readonly string[] = [
  "wb-kind",
  "wb-risk",
  "wb-verify",
  "wb-rollback",
  "wb-approve",
  "wb-within",
  "wb-query",
  "wb-uses",
  "wb-params",
  "wb-timeout",
  "wb-idempotent",
  "wb-declares",
  "wb-undo",
  "wb-onfail",
  "wb-target",
  "wb-output",
];

export const yes = (value: string | undefined): boolean => value === "true" || value === "1" || value === "yes";
const no = (value: string | undefined): boolean => value === "false" || value === "0" || value === "no";

/** The file ended before the fence did: nothing can be said of where the block ends. */
export const unclosed: Rule = (view) =>
  view.fence.closed
    ? undefined
    : { kind: "text", state: "narrative", rule: "fence/unclosed", findings: [{ code: "WB254", args: {} }] };

/** `ignore=true`, `transform=false`: the author says that it is never run. */
export const ignored: Rule = ({ info }) =>
  yes(info.attributes["ignore"]) || no(info.attributes["transform"])
    ? { kind: "text", state: "ignored", rule: "fence/ignored" }
    : undefined;

/** Attributes that name the kind. */
export const explicit: Rule = (view) => {
  const { attributes } = view.info;
  const kind = attributes["wb-kind"];
  if (kind !== undefined && (BLOCK_KINDS as readonly string[]).includes(kind))
    return asDeclared(view, kind as BlockKind);
  if (attributes["wb-query"] !== undefined) return { kind: "query", state: "declared", rule: "fence/attribute" };
  if (attributes["wb-uses"] !== undefined)
    return { kind: "script", state: "declared", rule: "fence/attribute", commands: [] };
  if (yes(attributes["interactive"]) && !isSafe(view.lang)) return asDeclared(view, "interactive");
  if (yes(attributes["background"]) && !isSafe(view.lang)) return asDeclared(view, "follow");
  const interpreter = attributes["interpreter"] ?? attributes["shell"];
  if (interpreter !== undefined && !SHELL_LANGS.has(baseOf(interpreter))) return interpreted(view, interpreter);
  return undefined;
};

/** Languages that an attribute meant for commands does not turn into commands. */
const isSafe = (lang: string): boolean => lang !== "" && !SHELL_LANGS.has(lang);
const baseOf = (path: string): string => path.trim().split(/\s+/)[0]?.split("/").at(-1) ?? "";

const RUNS: ReadonlySet<BlockKind> = new Set(["script", "steps", "transcript", "cheatsheet", "follow", "interactive"]);

function asDeclared(view: View, kind: BlockKind): Ruling | undefined {
  // The kinds that the structure must still take apart: their own rules say what is inside.
  if (kind === "steps" || kind === "transcript" || kind === "file") return undefined;
  if (!RUNS.has(kind)) return { kind, state: "declared", rule: "fence/attribute" };
  const { commands, problem } = view.shell();
  if (problem && kind !== "cheatsheet")
    return {
      kind,
      state: "conflict",
      rule: "fence/attribute",
      candidates: [
        { kind, evidence: `wb-kind=${kind}` },
        { kind: "text", evidence: `${problem.line}: ${problem.kind}` },
      ],
      findings: [{ code: "WB253", args: { line: problem.line, problem: problem.kind } }],
    };
  return { kind, state: "declared", rule: "fence/attribute", commands };
}

/** A block for another interpreter: one command whose risk nobody here can judge. */
function interpreted(view: View, interpreter: string): Ruling {
  const command: Command = {
    line: view.fence.first,
    text: view.fence.text.replace(/\n$/, ""),
    programs: [baseOf(interpreter)],
    flags: [],
    risk: "unknown",
    why: "script",
    sudo: false,
    neverEnds: false,
    interactive: false,
    placeholders: [],
  };
  return { kind: "script", state: "declared", rule: "fence/interpreter", commands: [command] };
}

/** Findings about the attributes themselves. */
export function attributeFindings(view: View): NonNullable<Ruling["findings"]> {
  const { attributes, unreadable } = view.info;
  const findings: { code: "WB260"; args: { key: string; nearest: string } }[] = [];
  if (unreadable !== undefined)
    findings.push({ code: "WB260", args: { key: unreadable.slice(0, 60), nearest: '{"name":"…"}' } });
  for (const key of Object.keys(attributes))
    if (key.startsWith("wb-") && !OUR_KEYS.includes(key))
      findings.push({ code: "WB260", args: { key, nearest: likely(key, OUR_KEYS).join(", ") } });
  const kind = attributes["wb-kind"];
  if (kind !== undefined && !(BLOCK_KINDS as readonly string[]).includes(kind))
    findings.push({
      code: "WB260",
      args: { key: `wb-kind=${kind}`, nearest: nearest(kind, BLOCK_KINDS) ?? BLOCK_KINDS.join(", ") },
    });
  for (const key of ["wb-within", "wb-timeout"]) {
    const time = attributes[key];
    if (time !== undefined && !WITHIN.test(time))
      findings.push({ code: "WB260", args: { key: `${key}=${time.slice(0, 40)}`, nearest: "60s, 5m, 1h" } });
  }
  for (const key of ["wb-idempotent", "wb-declares"]) {
    const said = attributes[key];
    if (said !== undefined && !yes(said) && !no(said))
      findings.push({ code: "WB260", args: { key: `${key}=${said.slice(0, 40)}`, nearest: "true, false" } });
  }
  const onFail = attributes["wb-onfail"];
  if (onFail !== undefined && !(ON_FAIL as readonly string[]).includes(onFail))
    findings.push({
      code: "WB260",
      args: { key: `wb-onfail=${onFail.slice(0, 40)}`, nearest: nearest(onFail, ON_FAIL) ?? ON_FAIL.join(", ") },
    });
  const risk = attributes["wb-risk"];
  if (risk !== undefined && !(RISKS as readonly string[]).includes(risk))
    findings.push({
      code: "WB260",
      args: { key: `wb-risk=${risk.slice(0, 40)}`, nearest: nearest(risk, RISKS) ?? RISKS.join(", ") },
    });
  return findings;
}

/** A number without a unit is no time. */
const WITHIN = /^\d+(?:\.\d+)?\s*(?:ms|s|m|h)$/;
