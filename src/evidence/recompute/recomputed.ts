import type { Env } from "../env.ts";
import type { Limits } from "../limits/kind.ts";
import type { Outcome, Verdict } from "../../model/states.ts";
import type { Reason } from "../refusal.ts";
import type { Approved } from "../run/approvals.ts";
import type { EvidenceEvent, EvidenceInput } from "../../model/evidence.ts";
import type { Approver } from "../approval/judge.ts";

/** What the events alone say. */
export interface Recomputed {
  readonly verdict: Verdict;
  readonly items: readonly { readonly id: string; readonly outcome: Outcome | "open" }[];
  /** Counts, said with the verdict. */
  readonly measured: Readonly<Record<string, number>>;
  /** Refuses result.env and result.json where they say something else than the events. */
  check?(env: Env, result: Readonly<Record<string, unknown>>): void;
  /** Of a run: what became of the injected fault, where one is asked for. */
  fault?(limits: Limits): readonly FaultFound[];
  /** Of a run: what persons gave, and the ledgers of its loads, by their names in the directory. */
  readonly attachments?: readonly { readonly file: string; readonly sha256: string }[];
  /** Of a run: counts again by the ledgers of its loads (absent: there is none). What proves less; throws Refusal for other numbers. */
  counts?(bytesOf: (file: string) => Buffer | undefined): readonly Reason[];
  /** Of a run: approvals whose signatures hold, and the people the evidence itself names. */
  readonly approvals?: { readonly given: readonly Approved[]; readonly people: readonly Approver[] };
}

export interface FaultFound {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** How evidence of one kind is judged again. One file per kind. */
export interface EvidenceKind {
  recompute(events: readonly EvidenceEvent[], mode: EvidenceInput["mode"]): Recomputed;
  /** A change of the boot is a break in the monotonic clock; only these events may begin a new one. */
  readonly boots: readonly string[];
}
