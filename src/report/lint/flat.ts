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
