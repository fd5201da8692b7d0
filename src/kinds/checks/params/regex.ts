import { z } from "zod";

const compiles = (source: string): boolean => {
  try {
    return Boolean(new RegExp(source, "u"));
  } catch {
    return false;
  }
};

/** Source of a JavaScript regular expression, Unicode mode. It is run with a time limit (model/pattern.ts). */
export const regex = z.string().min(1).refine(compiles, "regex");
