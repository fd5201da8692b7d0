import type { Source } from "./source.ts";
import type { BlockState, Risk } from "./states.ts";

/**
 * What a fenced or indented code block is.
 * script: runs as one step · steps: numbered comments split it · file: content of a file at a path · transcript:
 * prompts and output · cheatsheet: separate snippets, never one run · follow: never ends · interactive: needs a person ·
 * query: sql, promql … · config, data: not executable · diagram · text.
 */
export const BLOCK_KINDS = [
  "script",
  "steps",
  "file",
  "transcript",
  "cheatsheet",
  "follow",
  "interactive",
  "query",
  "config",
  "data",
  "diagram",
  "text",
] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** Something the reader must fill in before a command can run. */
export interface Placeholder {
  readonly text: string;
  /** example-name: my-app, pod-name · generated: an id that a machine gave once · variable: used and never set. */
  readonly kind:
    | "angle"
    | "your"
    | "xxx"
    | "date-pattern"
    | "literal-date"
    | "ellipsis"
    | "example-host"
    | "example-name"
    | "generated"
    | "variable";
  readonly line: number;
}

/** A command flag with a value, for example --max-rto-seconds 10. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
}

/** One command line of a block (continuations joined). */
export interface Command {
  readonly line: number;
  readonly text: string;
  /** Program names of its pipeline, sudo and env stripped: ["journalctl", "grep"]. */
  readonly programs: readonly string[];
  readonly flags: readonly Flag[];
  readonly risk: Risk;
  /** Why: i18n key of `risk`, for example `remove-recursive`. */
  readonly why: string;
  readonly sudo: boolean;
  readonly neverEnds: boolean;
  readonly interactive: boolean;
  readonly placeholders: readonly Placeholder[];
  /** --dry-run, --execute; absent when the command has neither. */
  readonly mode?: "dry-run" | "execute";
}

export interface Block {
  readonly source: Source;
  readonly end: number;
  /** First word of the info string, lower case; "" when there is none. */
  readonly lang: string;
  /** Headings above it, outermost first. */
  readonly path: readonly string[];
  readonly state: BlockState;
  readonly kind: BlockKind;
  /** Id of the rule that decided, for example `fence/file-path-comment`. */
  readonly rule: string;
  /** Other kinds it could be, when ambiguous, each with its evidence. */
  readonly candidates: readonly { readonly kind: BlockKind; readonly evidence: string }[];
  /** Worst risk of its commands; absent for blocks that never run. */
  readonly risk?: Risk;
  readonly commands: readonly Command[];
  /** Attributes of the info string, Runme's and ours, as written. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Content without the fence. */
  readonly text: string;
  /** Expected output of a transcript's commands, by index into commands. */
  readonly expected?: readonly string[];
}

/** A file that the manual carries: script, unit, configuration. */
export interface Artefact {
  readonly path: string;
  readonly source: Source;
  /** Index into Book.blocks. */
  readonly block: number;
  readonly form:
    | "script"
    | "logrotate"
    | "sysctl"
    | "limits"
    | "nginx"
    | "systemd"
    | "cron"
    | "json"
    | "yaml"
    | "other";
  readonly shebang?: string;
  readonly content: string;
}
