import type { Schema } from "../../model/schema.ts";

/** Keys that an object of a schema library (zod's) knows, by a path into it; none when it does not tell. */
export function keysOf(schema: Schema<unknown>, path: readonly string[]): readonly string[] {
  let node: unknown = schema;
  for (const key of path) node = shapeOf(node)?.[key];
  return Object.keys(shapeOf(node) ?? {});
}

type Shape = Readonly<Record<string, unknown>>;
interface Node {
  readonly shape?: Shape;
  readonly def?: { readonly innerType?: unknown; readonly in?: unknown; readonly options?: readonly unknown[] };
}

/** The fields of an object: inside what makes it optional or changes it afterwards; of several forms, of the one that has any. */
function shapeOf(node: unknown): Shape | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  const { shape, def } = node as Node;
  if (shape !== undefined || def === undefined) return shape;
  if (def.options) return def.options.map(shapeOf).find((found) => found !== undefined);
  return shapeOf(def.innerType ?? def.in);
}
