import type { Source } from "../../model/source.ts";

/** `{source: {file, line}, …}` as `{…, file, line}`, the form of the command line's JSON. */
export const flat = <T extends { readonly source: Source }>({ source, ...rest }: T): Omit<T, "source"> & Source => ({
  ...rest,
  file: source.file,
  line: source.line,
});

export const flatAll = <T extends { readonly source: Source }>(
  list: readonly T[],
): readonly (Omit<T, "source"> & Source)[] => list.map(flat);

const isSource = (value: unknown): value is Source => typeof value === "object" && value !== null && "line" in value;

/** Plain data with every `source` in it, however deep, as `file` and `line`. */
export function flatWhole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flatWhole);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, part]) =>
    name === "source" && isSource(part)
      ? [["file", part.file] as const, ["line", part.line] as const]
      : [[name, flatWhole(part)] as const],
  );
  return Object.fromEntries(entries);
}
