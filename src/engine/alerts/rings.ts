import type { Reading } from "../../model/check.ts";
import { isGone } from "../../model/outage.ts";
import { LEVEL, type Point, type Rule } from "../../model/rule.ts";
import type { Store } from "../../store/store.ts";

/** Readings kept of one check: a day at ten seconds. */
const MOST = 8_640;
/** What a rule without a window looks back by: a certificate's last sight counts for a day. */
const LOOK_BACK_MS = 86_400_000;
const FEW = 32;
/** A limit looks at the newest only; more where the clock is set back. */
const NEWEST = 4;

/** The newest readings of every check that alerts, in memory; values come back from the store after a start. */
export interface Rings {
  add(reading: Reading): void;
  points(check: string): readonly Point[];
  /** Brings back what rules look back at. Rejects as the store does. */
  restore(rules: readonly Rule[], store: Pick<Store, "samples">, now: number): Promise<void>;
  /** The wall clock was set. */
  shift(by: number): void;
}

/** What was measured and has no limits of its own is still a value: the rule has the limit. */
export const pointOf = ({ at, value, outcome, reason, elevated }: Reading): Point => ({
  at,
  ...((outcome !== "unknown" || reason === "no-bands") && value !== undefined && { value }),
  ...(outcome !== "unknown" && { level: LEVEL[elevated === true ? "elevated" : outcome] }),
  ...(isGone({ outcome, reason }) && { gone: true as const }),
});

const NONE: readonly Point[] = [];

interface Need {
  readonly ms: number;
  readonly most: number;
}

/** How far back, and how many points, the rules of a check need. */
const needOf = (rule: Rule): Need =>
  "windowMs" in rule && rule.form !== "absence"
    ? { ms: rule.windowMs, most: MOST }
    : { ms: LOOK_BACK_MS, most: rule.form === "compare" ? NEWEST : FEW };

export function makeRings(): Rings {
  const rings = new Map<string, Point[]>();
  const needs = new Map<string, Need>();
  const keep = (check: string, points: Point[]): void => {
    const { most } = needs.get(check) ?? { most: FEW };
    // Trimmed now and then: a shift of thousands for every reading would be most of the work.
    if (points.length > most * 2) points.splice(0, points.length - most);
    rings.set(check, points);
  };
  const learn = (check: string, need: Need): void => {
    const old = needs.get(check);
    needs.set(check, { ms: Math.max(need.ms, old?.ms ?? 0), most: Math.max(need.most, old?.most ?? 0) });
  };
  return {
    add: (reading) => {
      const points = rings.get(reading.check) ?? [];
      points.push(pointOf(reading));
      keep(reading.check, points);
    },
    points: (check) => rings.get(check) ?? NONE,
    restore: async (rules, store, now) => {
      for (const rule of rules) {
        const checks = rule.form === "ratio" ? [rule.check, rule.whole] : [rule.check];
        for (const check of checks) {
          learn(check, needOf(rule));
          if (!("windowMs" in rule) || rule.form === "absence" || rings.has(check)) continue;
          const { target } = rule;
          const found = await store.samples({ check, target, since: now - rule.windowMs, limit: MOST });
          keep(
            check,
            found.map(({ at, value }) => ({ at, value })),
          );
        }
      }
    },
    shift: (by) => {
      for (const [check, points] of rings)
        rings.set(
          check,
          points.map((point) => ({ ...point, at: point.at + by })),
        );
    },
  };
}
