import type { Missing } from "../../model/plan.ts";
import type { Source } from "../../model/source.ts";

/** Why a plan cannot be executed as it stands: keys of i18n `plan.missing`. */
export const MISSING = [
  /** {environment} */
  "environments",
  /** {environment} */
  "targets",
  /** {target, kind, nearest} */
  "target-kind",
  /** {target, problem} */
  "target-params",
  /** {} */
  "planned",
  /** {} */
  "no-steps",
  /** {rule} : the block is ambiguous or in conflict. */
  "held",
  /** {placeholders, params} */
  "held-placeholders",
  /** {} */
  "never-ends",
  /** {command} */
  "verify-writes",
  /** {interpreter} */
  "interpreter",
  /** {} : undoes something, and no step names it. */
  "rollback-unbound",
  /** {runbook} */
  "rollback-not-executable",
  /** {steps} : the rollout rolls back by itself, and nothing of it can be undone. */
  "rollback-without-undo",
  /** {max, size} : a whole batch of the rollout may fail, and then nothing is looked at before the next. */
  "rollout-failures",
  /** {kind, nearest} */
  "kind",
  /** {kind, problem} */
  "params",
  /** {name, type} */
  "parameter",
  /** {text, name} : no value can safely be put where it stands. */
  "placeholder-in-place",
  /** {name} : the step calculates, and the value is no number or word. */
  "arithmetic",
  /** {name} */
  "variable",
  /** {name} */
  "reserved-variable",
  /** {said, found, command} */
  "risk-conflict",
  /** {} */
  "retry-not-idempotent",
  /** {until} */
  "until-without-undo",
  /** {command} */
  "kill-9",
  /** {command} */
  "down-volumes",
  /** {command, file, line} */
  "prohibited",
  /** {path, environment, here} */
  "foreign-path",
  /** {file} */
  "file",
  /** {check, nearest} : a drill names a check that the book does not have. */
  "drill-check",
  /** {runbook, environment} : a drill in a protected environment without hours. */
  "drill-window",
  /** {roles, quorum, able} */
  "nobody-approves",
  /** {step, faults} */
  "fault",
  /** {kind, nearest} */
  "fault-kind",
  /** Its steps name targets, and none of the plan's is among them. */
  "steps-elsewhere",
  /** {kind} : it falls on a target where only a person acts, and no person can do this. */
  "by-hand",
] as const;
export type MissingCode = (typeof MISSING)[number];

/** What is missing, as it is found; the same thing of the same step is said once. */
export class MissingList {
  readonly #all: Missing[] = [];
  readonly #seen = new Set<string>();

  add(
    code: MissingCode,
    args: Missing["args"] = {},
    where: { readonly step?: string; readonly source?: Source } = {},
  ): void {
    const key = JSON.stringify([code, args, where.step]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#all.push({
      code,
      args,
      ...(where.step !== undefined && { step: where.step }),
      ...(where.source && { source: where.source }),
    });
  }

  get all(): readonly Missing[] {
    return this.#all;
  }
}
