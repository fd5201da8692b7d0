import type { Threshold } from "../../../model/tables.ts";
import type { Quantity } from "../../words/quantity.ts";
import { conversion, readQuantity } from "../../words/quantity.ts";

export const BANDS = ["normal", "warn", "critical"] as const;
export type Band = (typeof BANDS)[number];
export type Cells = Readonly<Partial<Record<Band, string>>>;
type Quantities = Readonly<Partial<Record<Band, Quantity>>>;

/** Limits of one row, in one unit. */
export type Limits = Pick<Threshold, "normal" | "warn" | "critical" | "unit" | "bad" | "hold">;
/**
 * Why a row gives none: `cell` cannot be read, no number at all, units that do not fit, limits in no order, signs against
 * each other (`contrary`), nothing that tells the bad side, different times to hold.
 */
export interface Trouble {
  readonly why: "cell" | "empty" | "unit" | "order" | "contrary" | "side" | "hold";
  readonly cell: string;
}

/**
 * Limits from the cells of a row. Nothing is filled in: a cell with more than number and unit, a unit that only some
 * cells have, or limits in no order make trouble instead.
 * @param unit unit that the header or the metric gives to bare numbers, "" for none
 * @param natural bad side that the metric itself has, for cells that do not tell one
 */
export function readLimits(cells: Cells, unit: string, natural?: Threshold["bad"]): Limits | Trouble {
  const read: Partial<Record<Band, Quantity>> = {};
  for (const band of BANDS) {
    const quantity = readQuantity(cells[band] ?? "");
    if (quantity.kind === "unclear") return { why: "cell", cell: cells[band] ?? "" };
    if (quantity.kind === "value") read[band] = quantity;
  }
  const all = BANDS.flatMap((band) => read[band] ?? []);
  const shown = shownOf(cells);
  if (all.length === 0) return { why: "empty", cell: shown };
  const common = commonUnit(all, unit);
  if (common === undefined) return { why: "unit", cell: shown };
  const scaled = scale(read, common, unit);
  const votes = sidesOf(scaled);
  const bad = [...votes][0] ?? natural;
  if (bad === undefined || votes.size > 1) return { why: bad === undefined ? "side" : "contrary", cell: shown };
  // Limits that fall where the metric is bad when it rises (90 %, then 80 %) are a slip, not another meaning.
  if (natural !== undefined && bad !== natural && common === "%") return { why: "contrary", cell: shown };
  const limits = pick(scaled, bad);
  if (!ordered(limits, bad)) return { why: "order", cell: shown };
  const holds = [...new Set(all.flatMap((each) => each.hold ?? []))];
  if (holds.length > 1) return { why: "hold", cell: shown };
  return { ...limits, unit: common, bad, ...(holds[0] !== undefined && { hold: holds[0] }) };
}

/** The cells of a row as a finding quotes them. */
export const shownOf = (cells: Cells): string => BANDS.flatMap((band) => cells[band] ?? []).join(" | ");

const own = (quantity: Quantity, unit: string): string =>
  quantity.unit === "" && quantity.value !== 0 ? unit : quantity.unit;

/** The first unit written, when every other converts into it; a bare zero fits any. */
function commonUnit(all: readonly Quantity[], given: string): string | undefined {
  const units = all.filter((each) => each.value !== 0 || each.unit !== "").map((each) => own(each, given));
  const [first = given] = units;
  return units.every((unit) => conversion(unit, first) !== undefined) ? first : undefined;
}

function scale(read: Quantities, to: string, given: string): Quantities {
  const scaled: Partial<Record<Band, Quantity>> = {};
  for (const band of BANDS) {
    const quantity = read[band];
    if (!quantity) continue;
    const factor = conversion(own(quantity, given) || to, to) ?? 1;
    if (factor === 1 && isShort(quantity.value) && isShort(quantity.high ?? 0)) {
      scaled[band] = quantity;
      continue;
    }
    const value = (number: number): number => Number((number * factor).toPrecision(12));
    scaled[band] = {
      ...quantity,
      value: value(quantity.value),
      ...(quantity.high !== undefined && { high: value(quantity.high) }),
    };
  }
  return scaled;
}

/** Twelve digits hold it as it is. */
const isShort = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 1e11;

/** Every bad side that signs and order tell; they must agree. */
function sidesOf({ normal, warn, critical }: Quantities): ReadonlySet<Threshold["bad"]> {
  const votes = new Set<Threshold["bad"]>();
  if (normal?.comparison) votes.add(normal.comparison.startsWith("<") ? "above" : "below");
  for (const limit of [warn, critical])
    if (limit?.comparison) votes.add(limit.comparison.startsWith(">") ? "above" : "below");
  const rising = (low: number, high: number): void => {
    if (low !== high) votes.add(low < high ? "above" : "below");
  };
  if (warn && critical) rising(middle(warn), middle(critical));
  const limit = warn ?? critical;
  if (normal && limit) rising(middle(normal), middle(limit));
  return votes;
}
const middle = ({ value, high }: Quantity): number => (high === undefined ? value : (value + high) / 2);

/** Of a range the end that is met first on the way to the bad side; of the normal range the last good value. */
function pick(read: Quantities, bad: Threshold["bad"]): Pick<Limits, Band> {
  const near = ({ value, high = value }: Quantity): number => (bad === "above" ? value : high);
  const far = ({ value, high = value }: Quantity): number => (bad === "above" ? high : value);
  return {
    ...(read.normal && { normal: far(read.normal) }),
    ...(read.warn && { warn: near(read.warn) }),
    ...(read.critical && { critical: near(read.critical) }),
  };
}

function ordered(limits: Pick<Limits, Band>, bad: Threshold["bad"]): boolean {
  const values = BANDS.flatMap((band) => limits[band] ?? []);
  return values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || (bad === "above" ? before <= value : before >= value);
  });
}
