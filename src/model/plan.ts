import type { Gate } from "./gate.ts";
import type { PlanRollout } from "./rollout.ts";
import type { Objective, RunbookKind } from "./runbook.ts";
import type { Source } from "./source.ts";
import type { Risk } from "./states.ts";
import type { PlanCheck } from "./drill.ts";
import type { Freeze } from "./freeze.ts";
import type { TradingSessions } from "./session.ts";
import type { Seat } from "./target.ts";
import type { Window } from "./window.ts";

/** Where a step is done: on each target, once per batch of targets, or once in the run (with the first batch). */
export const SCOPES = ["target", "batch", "run"] as const;
export type Scope = (typeof SCOPES)[number];

/** What a failure of a step does: end the run, undo what was applied in reverse order, ask a person, go on. */
export const ON_FAIL = ["stop", "undo", "ask", "continue"] as const;
export type OnFail = (typeof ON_FAIL)[number];

/**
 * How far a run goes by itself. assist: a person's key before every change · guarded: approvals where they are
 * declared, and one before the first change in a protected environment · auto: declared approvals only.
 */
export type Automation = "assist" | "guarded" | "auto";

/** More than one attempt; only for steps that read or are declared idempotent. */
export interface Retry {
  /** Attempts after the first. */
  readonly times: number;
  /** Milliseconds before the second attempt; doubled each time, at most `maxMs`. */
  readonly delayMs: number;
  readonly maxMs: number;
}

/** A step that a person does in the place of a program. */
export interface ByHand {
  /** Kind of step that it would be where programs may act. */
  readonly kind: string;
  /** What is to be seen, line by line, as a transcript says it. */
  readonly expect?: readonly string[];
}

/** A step of a plan: everything that is needed to do it, and nothing of where it stands in the manual but `source`. */
export interface PlanStep {
  /** Unique in the plan. `fault_injection` is the injected fault's. */
  readonly id: string;
  readonly title: string;
  /** Name of a step kind; `wait`, `manual` and `approve` are the engine's own. */
  readonly kind: string;
  /** Parameters of the kind, validated; plain data. */
  readonly params: unknown;
  /** The exact bytes that will be executed, or what will be done in one line; secrets as `$NAME`. */
  readonly command: string;
  readonly scope: Scope;
  /** Kind `manual` only: done at a console, and never seen by a program. */
  readonly byHand?: ByHand;
  /** Scope target: the only targets it is done on; absent: all. */
  readonly targets?: readonly string[];
  readonly risk: Risk;
  readonly sudo: boolean;
  /** May be done twice with the effect of once; reads always may. */
  readonly idempotent: boolean;
  /** Hard limit of one attempt, milliseconds. */
  readonly timeoutMs: number;
  readonly retry?: Retry;
  /** Id of a step in `Plan.others` that tells whether this one took effect. */
  readonly verify?: string;
  /** The verify tells a state that only this step brings about (a version, a row), not just health: it decides doubts. */
  readonly declares: boolean;
  /** Seconds within which the verify must turn green; default 0: asked once. */
  readonly within: number;
  /** Id of a step in `Plan.others` that undoes this one. */
  readonly undo?: string;
  readonly onFail: OnFail;
  /** Approval before this step. */
  readonly gate?: Gate;
  /** Undone in any case: after the step with this id ended, and at the latest before the run ends. */
  readonly until?: string;
  /** Names of values that later steps find in their environment. */
  readonly outputs: readonly string[];
  readonly phase?: string;
  /** Sentence a person must acknowledge (posture assist), or is shown before the step. */
  readonly banner?: string;
  /** Where it stands in the manual: not part of the digest. */
  readonly source?: Source;
}

/** Where a plan reaches. */
export interface PlanTarget {
  readonly name: string;
  readonly kind: string;
  readonly params: unknown;
  /** Serialises runs: no two runs hold the same lock. Default: target × service. */
  readonly lock: string;
  /** Variables that steps find on this target only. */
  readonly env: Readonly<Record<string, string>>;
  /** A person does there what is to be done. */
  readonly seat?: Seat;
}

/** A value given to a run. `secret` ones carry their reference (`env:NAME`, `file:/path`) instead of a value. */
export interface PlanParameter {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly type: "text" | "number" | "boolean" | "choice" | "secret";
}

/** A file of the book that a step sends or runs, bound by its content. */
export interface PlanFile {
  /** Relative to the book's root. */
  readonly path: string;
  readonly sha256: string;
}

/** Why a plan cannot be executed as it stands: code of i18n `plan.missing` with its values. */
export interface Missing {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly step?: string;
  readonly source?: Source;
}

/** A number that a drill is held to. */
export type PlanObjective = Pick<Objective, "name" | "comparison" | "value" | "unit">;

/** What makes a run a drill. */
export interface PlanDrill {
  /** What the runbook is for. */
  readonly kind: RunbookKind;
  readonly objectives: readonly PlanObjective[];
  /** Hours in which it may begin here, in their zone. */
  readonly window?: Window & { readonly zone: string };
  /** Why it may begin outside of them all the same. */
  readonly outsideWindow?: string;
  /** Checks that must be green as long as it goes on. */
  readonly guards?: PlanGuards;
  /** Targets that its checks look from and that are none of the plan's. */
  readonly places?: readonly Pick<PlanTarget, "name" | "kind" | "params">[];
}

export interface PlanGuards {
  readonly checks: readonly PlanCheck[];
  /** Between two looks at one of them, milliseconds. */
  readonly everyMs: number;
  /** From the beginning of this step on a breach no longer breaks the drill off. Absent: it always does. */
  readonly until?: string;
}

/** What was asked for: enough to make the plan again from the manual of another day. */
export interface PlanRequest {
  /** Id of the runbook, its number (`SOP-02`), or its title. */
  readonly runbook: string;
  readonly environment: string;
  /** Names of targets; absent: all of the environment that the runbook may reach. */
  readonly targets?: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  /** Secrets are names of the book, or what the parameter has by default: whoever asks chooses no variable or file of this machine. */
  readonly secretsNamed?: true;
  /** Id of the step before which the declared fault is injected. */
  readonly injectFault?: string;
  /** It is done to see whether the manual's objectives are kept. */
  readonly drill?: boolean;
  /** Why a drill is done outside of its hours. */
  readonly outsideWindow?: string;
  readonly rehearsal?: boolean;
  /** Ids of the steps to do; absent: all. */
  readonly only?: readonly string[];
}

/** What a run will do. Plain frozen data; `digest` covers all of it but `source`, `unstated`, `parts`, `missing`, `request`, `book` and itself. */
export interface Plan {
  readonly format: 1;
  readonly runbook: string;
  readonly title: string;
  readonly service?: string;
  readonly environment: string;
  readonly automation: Automation;
  /** What of this is only the default, stated by nobody: not part of the digest. */
  readonly unstated?: readonly ["automation"];
  /** A rehearsal never counts as proof. */
  readonly rehearsal: boolean;
  /** Present: a drill. What the runbook is for, and the objectives that it is held to. */
  readonly drill?: PlanDrill;
  /** While one of these holds, no drill begins and no step injects a fault. Absent: it is none of both, or none is declared. */
  readonly freezes?: readonly Freeze[];
  /** While one of these is on, no step injects a fault. Absent: nothing is injected, or no calendar holds here. */
  readonly sessions?: readonly TradingSessions[];
  /** Done in this order. */
  readonly steps: readonly PlanStep[];
  /** Verifies and undos that `steps` name. */
  readonly others: readonly PlanStep[];
  readonly targets: readonly PlanTarget[];
  /** Names of targets, batch by batch; every target in exactly one. */
  readonly batches: readonly (readonly string[])[];
  /** Targets of one batch worked on at a time. */
  readonly parallel: number;
  /** Targets that may fail before the run stops. */
  readonly maxFailures: number;
  /** How a new version goes out, where the book says it: what batches, gates and on-fail come from. */
  readonly rollout?: PlanRollout;
  readonly parameters: readonly PlanParameter[];
  readonly files: readonly PlanFile[];
  /** Approval before the first change. */
  readonly gate?: Gate;
  /** Runbooks that stand in the place of a step (its id, with `/` before theirs): not part of the digest. */
  readonly parts?: readonly { readonly at: string; readonly runbook: string }[];
  /** Empty when it may be executed. */
  readonly missing: readonly Missing[];
  /** Not part of the digest. */
  readonly request: PlanRequest;
  /** The book it was made from: not part of the digest. */
  readonly book: { readonly digest: string; readonly commit?: string; readonly dirty: boolean };
  /** `sha256:…` of the canonical JSON (RFC 8785). */
  readonly digest: string;
}

/** Pseudo-targets of steps that are not done on each target. */
export const RUN_SCOPE = "-";
export const batchScope = (batch: number): string => `batch-${batch + 1}`;
