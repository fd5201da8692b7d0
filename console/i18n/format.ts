export type Values = Readonly<Record<string, string | number>>;

/** Puts values into `{name}`; `{name:item|items}` is the first word where the value is 1, else the second. */
export const format = (template: string, values: Values): string =>
  template.replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many;
    return String(value);
  });
