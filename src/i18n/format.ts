import type { Args } from "../model/finding.ts";
import { printable } from "../model/printable.ts";

/**
 * Puts values into `{name}`; lists are joined with `, `. `{name:item|items}` is the first word where the value is 1, else
 * the second. A missing value stays visible as `{name}`. Values are somebody else's text: what a terminal would obey
 * does not get into a sentence.
 */
export const format = (template: string, args: Args): string =>
  template.replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many;
    return printable(typeof value === "object" ? value.join(", ") : String(value));
  });

/** A template as it reads for many, its values still named: for a list of sentences. */
export const forMany = (template: string): string => template.replace(/\{\w+:[^{}|]*\|([^{}|]*)\}/g, "$1");
