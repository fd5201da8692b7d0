import { given } from "../../model/given.ts";
import type { Command } from "../../model/block.ts";
import type { OnFail, Scope } from "../../model/plan.ts";
import type { GateSpec, StepBody, StepSpec } from "../../model/runbook-spec.ts";
import type { Blank, Runbook, Step } from "../../model/runbook.ts";
import type { Source } from "../../model/source.ts";
import type { Risk } from "../../model/states.ts";

/** A step on its way into a plan: what the manual has, changed by what watchbook.yaml says. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** Parameters that watchbook.yaml gives. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly commands: readonly Command[];
  readonly blanks: readonly Blank[];
  readonly details: readonly string[];
  readonly role: Step["role"];
  /** Runbook that it comes from: names in it are looked up there. */
  readonly runbook: string;
  readonly source: Source;
  readonly held?: string;
  readonly block?: number;
  /** What the compiler makes of its commands and of wb-risk. */
  readonly found?: Risk;
  /** Declared in watchbook.yaml; the commands may say more. */
  readonly risk?: Risk;
  readonly sudo?: boolean;
  readonly idempotent?: boolean;
  readonly timeoutMs?: number;
  readonly retry?: NonNullable<StepSpec["retry"]>;
  /** Directory that the manual names. */
  readonly cwd?: string;
  /** Directory that watchbook.yaml names for this step. */
  readonly place?: string;
  readonly interpreter?: string;
  readonly scope?: Scope;
  readonly targets?: readonly string[];
  readonly verify?: string;
  readonly undo?: string;
  readonly declares?: boolean;
  readonly within?: number;
  readonly onFail?: OnFail;
  readonly approve?: GateSpec;
  readonly until?: string;
  readonly outputs: readonly string[];
  readonly phase?: string;
  readonly banner?: string;
  readonly skip?: string;
  /** Only in a drill, or in every other run. */
  readonly drill?: boolean;
}

/** A step of the manual as it stands there. */
export function draftOf(step: Step, runbook: Runbook): Draft {
  const { verify, declares, within, phase, banner, held, block, cwd, idempotent, interpreter, targets } = step;
  return {
    ...given({ verify, declares, within, phase, banner, held, block, cwd, idempotent, interpreter, targets }),
    ...given({
      undo: step.rollback,
      onFail: step.onFail ?? (looksOn(step, runbook) ? ("continue" as const) : undefined),
      approve: step.approve === undefined ? undefined : { roles: rolesIn(step.approve) },
      timeoutMs: step.timeout === undefined ? undefined : Math.round(step.timeout * 1000),
      found: step.commands.length > 0 ? step.risk : undefined,
    }),
    id: step.id,
    title: step.title,
    ...(step.uses === undefined ? { kind: step.kind } : { kind: "function", with: usedBy(step.uses) }),
    commands: step.commands,
    blanks: step.blanks ?? [],
    details: step.details,
    role: step.role,
    runbook: runbook.id,
    source: step.source,
    outputs: step.outputs ?? [],
  };
}

const DIAGNOSES: ReadonlySet<Runbook["kind"]> = new Set(["troubleshoot", "inspect", "emergency"]);

/** Whoever looks for a fault wants to see the rest too when one look finds nothing. */
const looksOn = (step: Step, { kind }: Runbook): boolean =>
  step.role === "diagnose" && step.kind === "shell" && step.risk === "read" && DIAGNOSES.has(kind);

const rolesIn = (text: string): readonly string[] =>
  text
    .split(/[,|]/)
    .map((role) => role.trim())
    .filter((role) => role !== "" && role !== "true");

/** `ops/scale.ts#down`: a function of the book. */
function usedBy(uses: string): Readonly<Record<string, unknown>> {
  const [module = "", name] = uses.split("#");
  return { module, ...(name === undefined ? {} : { name }) };
}

/** A step that only watchbook.yaml has, or that stands inside of another one there. */
export const draftOfBody = (id: string, body: StepBody, of: Pick<Draft, "runbook" | "source" | "title">): Draft => ({
  ...given({
    risk: body.risk,
    sudo: body.sudo,
    idempotent: body.idempotent,
    timeoutMs: body.timeoutMs,
    scope: body.scope,
    place: body.cwd,
    with: body.with,
  }),
  id,
  title: body.title ?? of.title,
  kind: body.kind ?? "shell",
  commands: body.commands ?? [],
  blanks: body.blanks ?? [],
  details: [],
  role: "do",
  runbook: of.runbook,
  source: of.source,
  outputs: [],
});

/** A step with what watchbook.yaml says of it; a kind or parameters of its own take the place of the commands. */
export function changed(draft: Draft, spec: StepSpec): Draft {
  const replaced = spec.kind !== undefined || spec.with?.["script"] !== undefined;
  const { held, found, ...rest } = draft;
  const boxed = held === "never-ends" && spec.timeoutMs !== undefined;
  return {
    ...rest,
    ...(held === undefined || replaced || boxed ? {} : { held }),
    ...(found === undefined || replaced ? {} : { found }),
    ...(replaced ? { kind: spec.kind ?? "shell", commands: spec.commands ?? [], blanks: spec.blanks ?? [] } : {}),
    ...given({
      with: spec.with ?? draft.with,
      title: spec.title,
      risk: spec.risk,
      sudo: spec.sudo,
      idempotent: spec.idempotent,
      timeoutMs: spec.timeoutMs,
      scope: spec.scope,
      place: spec.cwd,
      retry: spec.retry,
      verify: typeof spec.verify === "object" ? `${draft.id}.verify` : spec.verify,
      undo: typeof spec.undo === "object" ? `${draft.id}.undo` : spec.undo,
      declares: spec.declares,
      within: spec.within,
      onFail: spec.onFail,
      approve: spec.approval,
      until: spec.until,
      outputs: spec.outputs,
      targets: spec.targets,
      banner: spec.banner,
      phase: spec.phase,
      skip: spec.skip,
      drill: spec.drill,
    }),
  };
}

/** Steps that stand inside of a `verify` or `undo`. */
export const bodiesOf = (draft: Draft, spec: StepSpec): readonly Draft[] =>
  (["verify", "undo"] as const).flatMap((key) => {
    const body = spec[key];
    return typeof body === "object" ? [draftOfBody(`${draft.id}.${key}`, body, draft)] : [];
  });
