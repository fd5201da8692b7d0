import { z } from "zod";

/** A place in a JSON document: `/status` (RFC 6901), or `.status` and `status.node` as jq users write it. */
export const pointer = z.string().transform((given): readonly string[] => {
  if (given === "" || given === ".") return [];
  if (given.startsWith("/"))
    return given
      .slice(1)
      .split("/")
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return given.replace(/^\./, "").split(".");
});

/** The value at a place, or undefined when there is none. */
export function lookUp(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

export const pointerText = (path: readonly string[]): string => `/${path.join("/")}`;
