import type { Action } from "../../engine/run/act.ts";
import type { RunQuery } from "../../engine/run/control.ts";
import type { RunShown } from "../../engine/run/control/shown.ts";
import type { Kept } from "../../engine/run/kept.ts";
import type { RunMessage } from "../../engine/run/follow.ts";
import type { Book } from "../../model/book.ts";
import type { Lang } from "../../model/lang.ts";
import type { Plan, PlanRequest } from "../../model/plan.ts";
import type { RunRecord } from "../../model/run.ts";
import type { OutputPart, Portion } from "../../store/output/read.ts";

export interface PlanShown {
  readonly plan: Plan;
  /** The environment is protected. */
  readonly protected: boolean;
}

export interface BeginRequest {
  readonly by: string;
  readonly reason: string;
  /** Refused when the plan is another one. */
  readonly digest?: string;
  /** Takes over what another run holds. */
  readonly takeOver?: boolean;
}

/** A message, and where to follow on after it. */
export interface Followed {
  readonly message: RunMessage | { readonly type: "silent" };
  readonly cursor: string;
}

/** Where the runs of a data directory are looked after: in the process that owns it, or in this one for a while. */
export interface RunsDesk extends AsyncDisposable {
  readonly lang: Lang;
  /** The manual of the folder. A daemon may run another revision of it. */
  readonly book: Book;
  /** Process that does the work; absent when it is done here. */
  readonly pid?: number | undefined;
  /** What that process was told to do; absent when it is a daemon, which stays. */
  readonly command?: string | undefined;
  plan(request: PlanRequest): Promise<PlanShown>;
  begin(request: PlanRequest, asked: BeginRequest): Promise<RunShown>;
  list(query: RunQuery): Promise<readonly RunRecord[]>;
  show(run: string): Promise<RunShown>;
  act(run: string, by: string, action: Action): Promise<RunShown>;
  /** Keeps a file for a tick. Rejects with FILE-EMPTY, FILE-LARGE, and with what the disk refuses. */
  keep(run: string, name: string, bytes: Uint8Array): Promise<Kept>;
  output(run: string, log: string, portion: Portion): Promise<Omit<OutputPart, "bytes"> & { readonly text: string }>;
  /** From a cursor on ("" is the beginning), until the run has ended or the signal aborts. */
  follow(run: string, cursor: string, signal: AbortSignal): AsyncIterable<Followed>;
  /** Resolves when nothing goes on in this process any more: at once where another one does it. */
  settled(run: string): Promise<void>;
}
