import type { AttemptEnd, KeptFile, Purpose } from "./journal.ts";
import type { Plan } from "./plan.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Schema } from "./schema.ts";
import type { Risk } from "./states.ts";
import type { Reach } from "./target.ts";
import type { Clock } from "./time.ts";

/**
 * On which targets a run has left its mark. It is left before the first write begins there, and remembered for good: a target
 * without it has lost what it knew of the run.
 */
export interface RunMarks {
  has(target: string): Promise<boolean>;
  /** Resolves when it is durable. */
  left(target: string): Promise<void>;
}

/** What a step is done with. */
export interface StepContext {
  /** Hand on the target; on this machine for steps of scope run or batch. */
  readonly reach: Reach;
  /** Hand on another target of the plan or the book by name. */
  open(target: string): Promise<Reach>;
  readonly registry: Registry;
  readonly clock: Clock;
  /** Aborts on cancel and at the step's time limit; the kind ends what it started and resolves soon after. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Identity of this attempt: name of its receipt. Letters, digits, `-`, `_`, `.` only. */
  readonly attempt: {
    readonly run: string;
    readonly step: string;
    readonly target: string;
    readonly purpose: Purpose;
    readonly number: number;
    /** A verify that is asked more than once within one attempt leaves a receipt of its own each time. */
    readonly look?: string;
    /** Absent: a missing receipt counts as never begun. */
    readonly marks?: RunMarks;
  };
  /**
   * Parameters, outputs of earlier steps and target variables; secrets by value. To be passed as environment or as
   * bound parameters, never pasted into text that is parsed.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of the book's root. */
  readonly root: string;
  readonly plan: Plan;
  /** What was done before, for the checks of a step. */
  readonly records?: Records;
  /** Output as it comes. Masked and capped by the engine before it is written. */
  log(chunk: Uint8Array, stream: "out" | "err"): void;
  secret(reference: string): Promise<string>;
  /** Keeps a file with the run; what the attempt's end then names in `files` goes into the evidence under that name. */
  keep(name: string, bytes: Uint8Array): Promise<KeptFile>;
}

/** What a target says of an attempt whose worker is gone. */
export type Recall =
  | { readonly state: "ended"; readonly end: AttemptEnd }
  /** Still going on: `perform` with the same attempt attaches to it again. */
  | { readonly state: "running" }
  /** It never began, and from now on this attempt cannot begin. */
  | { readonly state: "absent" }
  /** It began, and how it ended cannot be known. */
  | { readonly state: "unknown" };

/** Reason of an abort that ends nobody's work: the worker lets go, and whoever takes the run attaches again. */
export class Leave extends Error {
  constructor() {
    super("leave");
    this.name = "Leave";
  }
}

/** A script that only looks, as it can be done in one go with others on its target. */
export interface ReadScript {
  /** Program that reads it, with its options; the script's file comes behind. */
  readonly interpreter: readonly string[];
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default: where the target stands. */
  readonly cwd?: string;
  /** Hears its output. */
  hear(chunk: Uint8Array, stream: "out" | "err"): void;
  /** Its end, judged by what was heard. */
  judged(end: AttemptEnd): AttemptEnd;
}

/** One of several reads that share one exec. */
export interface SharedRead extends Omit<ReadScript, "judged"> {
  readonly attempt: StepContext["attempt"];
  /** Its own hard limit, milliseconds. */
  readonly limitMs: number;
  /** The next one is read whatever becomes of it. */
  readonly goesOn: boolean;
  /** Called once. undefined: it did not come to an end of its own. */
  ended(end: AttemptEnd | undefined): void;
}

/** How a plan shows a step. */
export interface StepView {
  /** The exact bytes that would be executed, or one line that says what would be done. */
  readonly command: string;
  readonly risk: Risk;
  readonly sudo: boolean;
}

/** What a person needs to do a step at a console. */
export interface HandParts {
  /** Content of a file of the book that the plan binds. */
  file(path: string): Uint8Array | undefined;
  /** Parameters whose values are known now and may be shown. */
  readonly values: ReadonlyMap<string, string>;
}

/** How a person does a step: the exact bytes to type, and what is to be seen then. */
export interface HandView {
  readonly command: string;
  readonly expect?: readonly string[];
}

/**
 * One kind of step. One file in kinds/steps.
 * MUST: end what it started when `signal` aborts, or leave it to its receipt when the reason is Leave; resolve with ending `failed` (reason,
 * args) for what the target refused, `unreachable` when the target could not be asked and nothing began, `timeout`,
 * `cancelled`; never answer `ok` for what it did not see end well; run no value of `env` as code; write secrets nowhere.
 */
export interface StepKind<P = unknown> {
  readonly kind: string;
  readonly params: Schema<P>;
  /** Made from another section of watchbook.yaml: nobody writes it as a step. */
  readonly made?: true;
  view(params: P): StepView;
  /**
   * How a person does it where no program may; `viewed`: as `view` shows it. Absent, or undefined for these parameters:
   * it cannot be done by hand, and a plan that needs it says so.
   */
  byHand?(params: P, parts: HandParts): HandView | "viewed" | undefined;
  /** Files of the book that it sends or runs, relative to the root: bound by the plan's digest. */
  files?(params: P): readonly string[];
  /** Milliseconds that it takes when all goes well, where its parameters say so: the default time limit lies above. */
  lastsMs?(params: P): number;
  perform(params: P, context: StepContext): Promise<AttemptEnd>;
  /**
   * The same as a script, where a step that only reads is no more than that: the engine may do it in one exec with others.
   * Throws as `perform` rejects.
   */
  together?(params: P, context: StepContext): ReadScript;
  /** Absent: nothing can be known after a crash. */
  recall?(params: P, context: StepContext): Promise<Recall>;
}

export const defineStep = <P>(kind: StepKind<P>): StepKind<P> => kind;
