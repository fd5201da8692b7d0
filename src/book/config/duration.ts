const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Form of a duration in watchbook.yaml and in annotations: a number and one of ms, s, m, h, d, w. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;

/** Seconds of `500ms`, `15m`, `2h`, `1d`, `1w`; undefined for anything else, a bare number included. */
export function seconds(text: string): number | undefined {
  const found = DURATION.exec(text.trim());
  return found ? Number(found[1]) * UNITS[found[2]!]! : undefined;
}
