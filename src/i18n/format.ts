import type { Args } from "../model/finding.ts";
import { printable } from "../model/printable.ts";

/**
 * Puts values into `{name}`; lists are joined with `, `. A missing value stays visible as `{name}`. Values are somebody
 * else's text: what a terminal would obey does not get into a sentence.
 */
export const format = (template: string, args: Args): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    return printable(typeof value === "object" ? value.join(", ") : String(value));
  });
