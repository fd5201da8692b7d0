/** A question that the manual could not answer, until it can. Times are milliseconds since the epoch. */
export interface Gap {
  readonly id: string;
  readonly at: number;
  readonly question: string;
  readonly by: string;
  /** Who completes the manual, and by which date. */
  readonly owner?: string;
  readonly due?: string;
  /** How it was answered. */
  readonly closed?: { readonly at: number; readonly by: string; readonly reason: string };
}

export interface GapAsk {
  readonly question: string;
  readonly by: string;
  readonly owner?: string | undefined;
  /** `2026-12-01` */
  readonly due?: string | undefined;
}
