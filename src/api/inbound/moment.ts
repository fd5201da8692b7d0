/** What may be anything: a payload of somebody else. */
export type Raw = Readonly<Record<string, unknown>>;

export const recordOf = (given: unknown): Raw | undefined =>
  typeof given === "object" && given !== null && !Array.isArray(given) ? (given as Raw) : undefined;

/** Milliseconds since the epoch; undefined for Go's zero time, which means that none is given; null for what is no time. */
export function momentOf(given: unknown): number | undefined | null {
  if (given === undefined || given === null || given === "") return undefined;
  const at = typeof given === "string" && given.length <= 64 ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at)) return null;
  return at < 0 ? undefined : at;
}

/** An http(s) address of at most 2,000 characters. */
export const pageOf = (given: unknown): string | undefined =>
  typeof given === "string" && given.length <= 2_000 && /^https?:\/\//i.test(given) && URL.canParse(given)
    ? given
    : undefined;
