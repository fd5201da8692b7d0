/** proposed: watchbook saw it come back · open: somebody looks for its cause · known: cause or way round is known · closed. */
export const PROBLEM_STATES = ["proposed", "open", "known", "closed"] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

/** What a signature is made from: never the words of one incident. */
export interface Recurrence {
  readonly service?: string;
  readonly rule?: string;
  readonly symptom?: string;
}

/** A cause that incidents share. Times are milliseconds since the epoch. */
export interface Problem extends Recurrence {
  /** `prb-20261121-01` */
  readonly id: string;
  readonly title: string;
  readonly state: ProblemState;
  /** Absent: opened by hand, for no signature. */
  readonly signature?: string;
  readonly opened: number;
  /** Absent: watchbook. */
  readonly by?: string;
  readonly owner?: string;
  readonly incidents: readonly string[];
  readonly cause?: string;
  /** How people get by until it is mended. */
  readonly workaround?: string;
  /** How it was proven that it is mended: a run, an inspection, a drill. */
  readonly closed?: { readonly at: number; readonly by: string; readonly fix: string; readonly proof: string };
  readonly notes: readonly { readonly at: number; readonly by: string; readonly text: string }[];
}

export const isOpenProblem = ({ state }: Pick<Problem, "state">): boolean => state !== "closed";
