/** A line of result.env. */
export type Pair = readonly [key: string, value: string];

/** A plain decimal number from 0, as a measure is written. */
export const isNumber = (value: string | undefined): value is string =>
  value !== undefined && /^\d{1,15}(?:\.\d{1,9})?$/.test(value);

/** A value that cannot break a KEY=VALUE line. */
export const line = (value: string): string => value.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
