import type { Risk } from "../../model/states.ts";

/** A rule over the arguments of one program; the first that fits decides. All lists are blank-separated. */
export interface FlagRule {
  /** Sub-commands it is for, words joined with `+`; none: every one. */
  readonly sub?: string;
  /** It fits when one of these flags is there; none: always. A single letter also counts inside `-abc`. */
  readonly any?: string;
  /** It fits when the arguments, joined with blanks, match. */
  readonly match?: RegExp;
  readonly risk: Risk;
  /** Key of the texts `risk`. */
  readonly why: string;
}

/** What is known of one program. Risks by sub-command; what is not listed is unknown. */
export interface Tool {
  /** Options that take the next word as their value. */
  readonly values?: string;
  readonly read?: string;
  readonly write?: string;
  readonly destructive?: string;
  readonly rules?: readonly FlagRule[];
  /** Risk without a sub-command that is known; absent: unknown. */
  readonly base?: Risk;
  /** Flags that turn a write into a rehearsal. */
  readonly dry?: string;
}

/** When a program does not end by itself, or waits for a person. */
export interface WaitRule {
  /** Programs, blank-separated. */
  readonly of: string;
  readonly sub?: string;
  readonly any?: string;
  /** It does not wait when one of these flags is there. */
  readonly unless?: string;
  /** It waits only when its positional words number at most this many. */
  readonly most?: number;
  /** It waits only when nothing is piped or redirected into it. */
  readonly stdin?: true;
  readonly match?: RegExp;
  /** It does not wait when the arguments match. */
  readonly except?: RegExp;
}
