import type { Args } from "../model/finding.ts";

/** Puts values into `{name}`; lists are joined with `, `. A missing value stays visible as `{name}`. */
export const format = (template: string, args: Args): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    return typeof value === "object" ? value.join(", ") : String(value);
  });
