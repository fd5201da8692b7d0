import { isDeepStrictEqual } from "node:util";
import type { Book } from "../../model/book.ts";
import { takesDown } from "../../model/outright.ts";
import type { PlanStep, Retry, Scope } from "../../model/plan.ts";
import type { Environment } from "../../model/policy.ts";
import type { Registry } from "../../model/registry.ts";
import type { Schema } from "../../model/schema.ts";
import type { Risk } from "../../model/states.ts";
import { issueText } from "../reaches.ts";
import { checkOf, judgeCheck } from "./checked.ts";
import type { Draft } from "./draft.ts";
import { given } from "../../model/given.ts";
import { gateOf } from "./gates.ts";
import { judgeHeld } from "./held.ts";
import type { MissingList } from "./missing.ts";
import { nearestOf } from "./named.ts";
import { refuse } from "./refuse.ts";
import { scriptOf } from "./script.ts";
import type { Values } from "./values.ts";

/** What steps are settled with. */
export interface SettleParts {
  readonly book: Book;
  readonly registry: Registry;
  readonly environment: Environment | undefined;
  readonly values: Values;
  /** Every step that takes part: what holds one of a block may be settled by another. */
  readonly drafts: readonly Draft[];
  /** Variables that are set without a parameter: outputs of earlier steps, those of all targets. */
  readonly variables: ReadonlySet<string>;
  readonly missing: MissingList;
}

const MINUTE_MS = 60_000;
/** Engine's own kinds wait for people and timers, not for a process. */
export const OWN_MS = 7 * 86_400_000;
/** What is left to a command in a time box to end by itself. */
const BOX_MS = 30_000;
/** Done by the engine; of them `manual` is a person's already. */
export const OWN: ReadonlySet<string> = new Set(["manual", "wait", "approve"]);
/** Kinds that look with a check. */
const LOOKS: ReadonlySet<string> = new Set(["check", "gate"]);
const WEIGHT: Readonly<Record<Risk, number>> = { read: 0, write: 1, unknown: 2, destructive: 3 };
const ORDER: Readonly<Record<Risk, number>> = { read: 0, unknown: 0, write: 1, destructive: 2 };

/** A draft as a step of the plan; whatever keeps it from being done goes to `missing`. */
export function settle(draft: Draft, parts: SettleParts): PlanStep {
  const { missing } = parts;
  judgeHeld(draft, parts);
  refuse(draft, parts.book, parts.environment, missing);
  const { params, command, viewed, sudo, lastsMs = 0 } = viewOf(draft, parts);
  const risk = riskOf(draft, viewed, missing);
  const idempotent = draft.idempotent ?? false;
  const repeatable = risk === "read" || idempotent;
  if (draft.retry && !repeatable) missing.add("retry-not-idempotent", {}, { step: draft.id, source: draft.source });
  const verify = draft.verify === undefined ? undefined : parts.drafts.find(({ id }) => id === draft.verify);
  const { verify: verifies, undo, until, phase, banner, targets } = draft;
  return {
    id: draft.id,
    title: draft.title,
    kind: draft.kind,
    params,
    command,
    scope: draft.scope ?? scopeOf(draft.kind),
    ...(targets && { targets }),
    risk,
    sudo: draft.sudo ?? (sudo || draft.commands.some((one) => one.sudo)),
    idempotent,
    timeoutMs: timeoutOf(draft, risk, lastsMs),
    ...(draft.retry && repeatable && { retry: retryOf(draft.retry) }),
    declares: draft.declares ?? false,
    within: draft.within ?? verify?.within ?? 0,
    onFail: draft.onFail ?? "stop",
    ...gated(draft),
    outputs: draft.outputs,
    ...given({ verify: verifies, undo, until, phase, banner }),
    source: draft.source,
  };
}

/** What a person decides is decided once. */
const scopeOf = (kind: string): Scope => (kind === "approve" || kind === "wait" ? "run" : "target");

const gated = (draft: Draft): Pick<PlanStep, "gate"> =>
  draft.approve || draft.kind === "approve" || draft.commands.some((command) => takesDown(command) !== undefined)
    ? { gate: gateOf(draft.approve) }
    : {};

const retryOf = ({ times, delayMs = 5_000, maxMs = 300_000 }: NonNullable<Draft["retry"]>): Retry => ({
  times,
  delayMs,
  maxMs,
});

function timeoutOf(draft: Draft, risk: Risk, lastsMs: number): number {
  if (OWN.has(draft.kind)) return OWN_MS;
  const endless = draft.commands.some(({ neverEnds }) => neverEnds);
  const said = draft.timeoutMs ?? (endless && draft.within !== undefined ? draft.within * 1000 : undefined);
  if (said !== undefined) return endless ? said + BOX_MS : said;
  return lastsMs + (risk === "read" ? MINUTE_MS : 10 * MINUTE_MS);
}

interface Viewed {
  readonly params: unknown;
  readonly command: string;
  readonly viewed: Risk;
  readonly sudo: boolean;
  /** What it takes by itself. */
  readonly lastsMs?: number;
}

/** Parameters, checked by the kind, and how it shows them. */
function viewOf(draft: Draft, parts: SettleParts): Viewed {
  const { registry, missing } = parts;
  const where = { step: draft.id, source: draft.source };
  const params = paramsOf(draft, parts);
  const byHand = {
    params,
    command: [...draft.details, ...draft.commands.map(({ text }) => text)].join("\n") || draft.title,
  };
  const kind = registry.steps.get(draft.kind);
  if (draft.kind === "manual" && draft.with?.["text"] === undefined)
    return { ...byHand, viewed: "unknown", sudo: false };
  if (!kind && OWN.has(draft.kind)) return { ...byHand, viewed: "read", sudo: false };
  if (!kind) {
    const known = [...registry.steps.keys()];
    missing.add("kind", { kind: draft.kind, nearest: nearestOf(draft.kind, known) }, where);
    return { ...byHand, viewed: "unknown", sudo: false };
  }
  const read = kind.params.safeParse(params);
  if (!read.success) {
    const problem = read.error.issues.map(issueText).join("; ");
    missing.add("params", { kind: draft.kind, problem }, where);
    return { ...byHand, viewed: "unknown", sudo: false };
  }
  if (LOOKS.has(draft.kind)) judgeCheck(params, draft, parts.book, registry, missing);
  const { command, risk, sudo } = kind.view(read.data);
  const lastsMs = kind.lastsMs?.(read.data) ?? 0;
  return { params: settled(kind.params, params, read.data), command, viewed: risk, sudo, lastsMs };
}

/** With the kind's defaults where they read as the same again, else as they are written: whoever does the step reads them once more. */
function settled(schema: Schema<unknown>, written: unknown, read: unknown): unknown {
  const again = schema.safeParse(read);
  return again.success && isDeepStrictEqual(again.data, read) && isPlain(read) ? read : written;
}

const isPlain = (value: unknown): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);

/** A shell's script is the commands, other kinds have what watchbook.yaml gives them. */
function paramsOf(draft: Draft, { book, registry }: SettleParts): Readonly<Record<string, unknown>> {
  if (draft.kind === "manual") return manual(draft);
  if (LOOKS.has(draft.kind)) return checkOf(draft.with ?? {}, book, registry);
  if (draft.kind !== "shell") return draft.with ?? {};
  const { script: _, ...rest } = draft.with ?? {};
  const interpreter = draft.interpreter === "sh" || rest["interpreter"] === "sh" ? "sh" : "bash";
  return {
    script: scriptOf(draft, interpreter),
    interpreter,
    strict: true,
    ...(draft.sudo && draft.commands.every((command) => !command.sudo) && { sudo: true }),
    ...(draft.cwd === undefined ? {} : { cwd: draft.cwd }),
    ...rest,
  };
}

/** What the manual says beside a step that a person does, and the commands that wait for a terminal. */
function manual({ details, commands, with: said }: Draft): Readonly<Record<string, unknown>> {
  const points = [...details, ...commands.map(({ text }) => text)];
  return { ...(points.length > 0 && { details: points }), ...said };
}

/** The worst that the commands show; a declared class may say more and may settle what is unknown, never less. */
function riskOf(draft: Draft, viewed: Risk, missing: MissingList): Risk {
  const shown = draft.commands.map(({ risk }) => risk);
  const worstOf = (a: Risk, b: Risk): Risk => (WEIGHT[b] > WEIGHT[a] ? b : a);
  const found = draft.found ?? (shown.length === 0 ? viewed : shown.reduce(worstOf));
  const said = draft.risk;
  if (said === undefined) return found;
  const worst = draft.commands.find(({ risk }) => ORDER[risk] > ORDER[said]);
  if (worst)
    missing.add(
      "risk-conflict",
      { said, found: worst.risk, command: worst.text.slice(0, 80) },
      { step: draft.id, source: draft.source },
    );
  return worst ? found : said;
}
