/**
 * The same, with the reference in the place of every name that `secrets:` knows: `{secret: db}` becomes
 * `{secret: "env:DB"}`, in checks, steps, backups, clusters and channels alike.
 */
export function referred<T extends { readonly secrets?: Readonly<Record<string, string>> | undefined }>(written: T): T {
  const { secrets } = written;
  if (secrets === undefined) return written;
  const known = new Map(Object.entries(secrets));
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    const [[name, one] = ["", undefined], more] = entries;
    if (name === "secret" && typeof one === "string" && more === undefined) return { secret: known.get(one) ?? one };
    return Object.fromEntries(entries.map(([key, each]) => [key, inside(each)]));
  };
  return { ...(inside(written) as T), secrets };
}
