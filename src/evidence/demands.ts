import type { Limits } from "./limits/kind.ts";
import type { OpenedLogs } from "./opened.ts";
import type { Pins } from "./pins.ts";
import type { Reason } from "./refusal.ts";
import type { Signer } from "./signers.ts";
import type { Approver } from "./approval/judge.ts";

/** Whom to believe. A key inside the evidence is never believed. */
export interface Trust {
  readonly signers: readonly Signer[];
  /** Said with every verdict: why these signers. */
  readonly note?: Reason;
}

export interface Demands {
  readonly trust: Trust;
  readonly limits: Limits;
  readonly pins: Pins;
  /** Evidence roots of the asker, absolute: evidence that lies in one must be in its log. */
  readonly roots: readonly string[];
  /** People of the asker's book: approvals count with their keys only. Absent: those that the evidence names. */
  readonly people?: readonly Approver[];
  /** The asker's book counts only approvals by keys of people's own. */
  readonly keysOnly?: boolean;
  /** Signatures that there must be at least, the runner's with those of persons. */
  readonly signatures?: number;
  /** A checkpoint kept elsewhere: text of its file. */
  readonly checkpoint?: string;
  /** Of whoever verifies many directories of one root. */
  readonly opened?: OpenedLogs;
}
