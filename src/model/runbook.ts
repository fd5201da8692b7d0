import type { Every } from "./every.ts";
import type { Source } from "./source.ts";
import type { Risk, Status } from "./states.ts";
import type { Command, Placeholder } from "./block.ts";
import type { OnFail } from "./plan.ts";

/** A stretch of a command that a value takes the place of. */
export interface Spot {
  /** Offsets in `Command.text`. */
  readonly from: number;
  readonly to: number;
  /** It stands in double quotes; else in a plain word. */
  readonly quoted: boolean;
  /** It is how its word begins: a value with a leading dash would be an option. */
  readonly leading: boolean;
}

/** Something in the commands of a step that a value must be given for. */
export interface Blank {
  /** Name of the parameter: `version` for `<version>`, or as wb-params has it. */
  readonly name: string;
  /** Environment variable that carries the value. */
  readonly variable: string;
  /** As written: `<version>`, `20240101`, `$VERSION`. */
  readonly text: string;
  readonly kind: Placeholder["kind"];
  readonly line: number;
  /** Index into the step's commands. */
  readonly command: number;
  /** wb-params names it. */
  readonly declared: boolean;
  /** Where it stands. Empty for variables; absent when no value can safely be put there. */
  readonly spots?: readonly Spot[];
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** shell: commands run · manual: a person does it. */
  readonly kind: "shell" | "manual";
  /** What the step is for in its procedure. */
  readonly role: "do" | "verify" | "rollback" | "diagnose";
  readonly commands: readonly Command[];
  readonly risk: Risk;
  /** Phase of a five-phase SOP (prepare, execute, verify, clean-up, report), when it has phases. */
  readonly phase?: string;
  /** Sub-items of a manual step. */
  readonly details: readonly string[];
  /** Id of the step that verifies or undoes this one. */
  readonly verify?: string;
  readonly rollback?: string;
  readonly approve?: string;
  /** Seconds within which a verify must turn green. */
  readonly within?: number;
  /** Warning that must be acknowledged before the step. */
  readonly banner?: string;
  /** Index into Book.blocks of the block the commands come from. */
  readonly block?: number;
  /** Directory the commands run in, when the manual names it. */
  readonly cwd?: string;
  /** Why the step may not run as it stands: rule of its block, `verify-writes`, `never-ends` (no time box), or `manual-only` (excludeFromRunAll). Absent: nothing holds it. */
  readonly held?: string;
  /** What a run must be given values for; absent: nothing. */
  readonly blanks?: readonly Blank[];
  /** Hard limit in seconds; for a command that never ends, its time box. */
  readonly timeout?: number;
  readonly idempotent?: boolean;
  /** Its verify tells a state that only this step brings about. */
  readonly declares?: boolean;
  readonly onFail?: OnFail;
  /** Names of the only targets it is done on. */
  readonly targets?: readonly string[];
  /** Names of values that it gives to later steps. */
  readonly outputs?: readonly string[];
  /** Function of the book that does it: `file.ts#name`. */
  readonly uses?: string;
  /** Shell that its block asks for, when it asks for one. */
  readonly interpreter?: string;
}

export const RUNBOOK_KINDS = [
  "backup",
  "restore",
  "upgrade",
  "rollback",
  "failover",
  "drill",
  "deploy",
  "restart",
  "emergency",
  "troubleshoot",
  "preflight",
  "inspect",
  "evidence",
  "other",
] as const;
export type RunbookKind = (typeof RUNBOOK_KINDS)[number];
/** Kinds that are recoveries: whoever has not drilled one does not know that it works. */
export const RECOVERIES: ReadonlySet<RunbookKind> = new Set(["restore", "failover", "drill", "rollback", "emergency"]);

export interface Runbook {
  /** Stable: from the SOP's number or its heading, unique in the book. */
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly kind: RunbookKind;
  /** `SOP-01` when the heading carries a number. */
  readonly number?: string;
  /** Absent where neither it, a section above it nor its document claims one. */
  readonly status?: Status;
  readonly steps: readonly Step[];
  /** Names of its phases in order, when it has them. */
  readonly phases: readonly string[];
  readonly preconditions: readonly string[];
  readonly purpose?: string;
  readonly scenario?: string;
  readonly symptom?: string;
  readonly every?: Every;
  /** Id of the runbook that undoes this one as a whole. */
  readonly rollback?: string;
  readonly service?: string;
  /** dry-run when that is what its commands do; execute when they say so. */
  readonly mode?: "dry-run" | "execute";
}

/** A number that recovery is measured against. */
export interface Objective {
  readonly name: "rto" | "rpo" | "rollback" | "failover" | "data-lag";
  readonly comparison: "<" | "<=";
  readonly value: number;
  readonly unit: "seconds" | "events" | "rows";
  readonly origin: "table" | "prose" | "flag" | "declared";
  /** What it applies to, when a table has a row per service or tier. */
  readonly subject?: string;
  readonly source: Source;
  /** Runbook it belongs to, when it stands in one. */
  readonly runbook?: string;
}
