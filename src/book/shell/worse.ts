import type { Risk } from "../../model/states.ts";

/** A risk and the key of its reason. */
export interface Judged {
  readonly risk: Risk;
  readonly why: string;
}

const WEIGHT: Readonly<Record<Risk, number>> = { read: 0, write: 1, unknown: 2, destructive: 3 };

/** The worse of two; unknown is worse than write, because it counts as write and may be more. */
export const worse = (a: Judged, b: Judged): Judged => (WEIGHT[b.risk] > WEIGHT[a.risk] ? b : a);

export const worstRisk = (risks: readonly Risk[]): Risk =>
  risks.reduce<Risk>((worst, risk) => (WEIGHT[risk] > WEIGHT[worst] ? risk : worst), "read");
