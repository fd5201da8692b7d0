import type { BlockKind, Command, Placeholder } from "../../../model/block.ts";
import type { Risk } from "../../../model/states.ts";
import { RISKS } from "../../../model/states.ts";
import { worstRisk } from "../../shell/worse.ts";
import { doubtOf, openIn } from "./doubts.ts";
import type { Ruling, View } from "./view.ts";

/** Kinds whose commands a machine would run: what is open in them makes them ambiguous. */
const RUN_BY_MACHINE: ReadonlySet<BlockKind> = new Set(["script", "steps", "transcript", "follow"]);
/** Attributes with which an author declares a block. */
const DECLARING =
  /^(?:name|id|wb-\w+|excludeFromRunAll|promptEnv|cwd|interpreter|background|interactive|category|tag|closeTerminalOnSuccess|terminalRows|mimetype|skipPrompts)$/;

/** The last look: placeholders, literal dates, what the text around says, a declared risk below the real one; then the state. */
export function withHazards(view: View, first: Ruling): Ruling {
  const ruling = first.kind === "transcript" && first.state === "recognised" ? typed(first) : first;
  const commands = ruling.commands ?? [];
  const risk = ruling.risk ?? (commands.length > 0 ? worstRisk(commands.map((command) => command.risk)) : undefined);
  const declared = Object.keys(view.info.attributes).some((key) => DECLARING.test(key));
  const settled: Ruling = {
    ...ruling,
    ...(risk ? { risk } : {}),
    ...(declared && ruling.state === "recognised" && RUN_BY_MACHINE.has(ruling.kind) ? { state: "declared" } : {}),
  };
  if (settled.state !== "recognised" && settled.state !== "declared") return settled;
  const filled = openPlaceholders(view, settled, commands);
  if (filled.state === "recognised" && RUN_BY_MACHINE.has(filled.kind)) return doubtOf(view, filled) ?? filled;
  return riskConflict(view, filled, commands);
}

/** A transcript in which a person answered, or that somebody stopped, is not run as it stands either. */
function typed(ruling: Ruling): Ruling {
  if (ruling.commands?.some((command) => command.interactive))
    return { ...ruling, kind: "interactive", rule: "fence/interactive" };
  return ruling.commands?.some((command) => command.neverEnds)
    ? { ...ruling, kind: "follow", rule: "fence/never-ends" }
    : ruling;
}

function openPlaceholders(view: View, ruling: Ruling, commands: readonly Command[]): Ruling {
  if (!RUN_BY_MACHINE.has(ruling.kind)) return ruling;
  const found = [...commands.flatMap((command) => command.placeholders), ...openIn(view, commands)];
  if (found.length === 0) return ruling;
  const params = paramsOf(view.info.attributes["wb-params"] ?? "");
  const open = unique(found).filter((one) => !covered(one, params));
  if (open.length === 0) return ruling;
  const dates = open.filter((one) => one.kind === "literal-date");
  const others = open.filter((one) => one.kind !== "literal-date");
  const findings = [...(ruling.findings ?? [])];
  if (others.length > 0)
    findings.push({ code: "WB251", args: { placeholders: others.map((one) => one.text), params: suggested(open) } });
  if (dates.length > 0)
    findings.push({
      code: "WB252",
      args: { dates: dates.map((one) => one.text), params: suggested(open) },
      line: dates[0]?.line ?? 0,
    });
  const evidence = open
    .map((one) => `${one.line}: ${one.text}`)
    .slice(0, 5)
    .join(" · ");
  return {
    ...ruling,
    state: "ambiguous",
    rule: others.length > 0 ? "fence/placeholders" : "fence/literal-date",
    candidates: [
      { kind: ruling.kind, evidence: ruling.rule },
      { kind: "text", evidence },
    ],
    findings,
  };
}

const unique = (list: readonly Placeholder[]): readonly Placeholder[] =>
  list.filter((one, index) => list.findIndex((other) => other.text === one.text) === index);

/** `wb-params="date=20240101,pod"`: names of parameters, each with the text it stands for. */
export const paramsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((part) => {
        const at = part.indexOf("=");
        return at < 0 ? [nameFor(part), part] : [nameFor(part.slice(0, at)), part.slice(at + 1).trim()];
      }),
  );

const covered = (one: Placeholder, params: ReadonlyMap<string, string>): boolean =>
  params.has(nameFor(one.text)) || [...params.values()].some((text) => text === one.text);

/** Name of a parameter for what stands in a command: `<new version>` → `new-version`, `$VERSION` → `version`. */
export const nameFor = (text: string): string =>
  text
    .replace(/^[<[{$]+|[>\]}]+$/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

/** The value of wb-params that would cover what is open. */
const suggested = (open: readonly Placeholder[]): string =>
  open
    .filter((one) => one.kind !== "ellipsis")
    .map((one) =>
      one.kind === "literal-date"
        ? `date=${one.text}`
        : one.kind === "angle"
          ? nameFor(one.text)
          : `${nameFor(one.text)}=${one.text}`,
    )
    .join(",");

const ORDER: Readonly<Record<Risk, number>> = { read: 0, unknown: 0, write: 1, destructive: 2 };

/** `wb-risk` may say more than the commands show, and may settle what is unknown; less is a conflict. */
function riskConflict(view: View, ruling: Ruling, commands: readonly Command[]): Ruling {
  const said = view.info.attributes["wb-risk"];
  if (said === undefined || ruling.commands === undefined) return ruling;
  const known = (RISKS as readonly string[]).includes(said) ? (said as Risk) : undefined;
  const worst = commands.toSorted((a, b) => ORDER[b.risk] - ORDER[a.risk])[0];
  if (known && (!worst || ORDER[known] >= ORDER[worst.risk])) return { ...ruling, risk: known };
  return {
    ...ruling,
    state: "conflict",
    rule: "fence/risk",
    findings: [
      ...(ruling.findings ?? []),
      {
        code: "WB261",
        args: { said, found: worst?.risk ?? "unknown", command: (worst?.text ?? "").slice(0, 80) },
        line: worst?.line ?? view.fence.line,
      },
    ],
  };
}
