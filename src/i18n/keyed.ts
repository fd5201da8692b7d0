/** Texts under `PREFIX:key`: values of sentences that are codes say which table they are of. */
export const keyed = <P extends string>(
  prefix: P,
  table: Readonly<Record<string, string>>,
): Readonly<Record<`${P}:${string}`, string>> =>
  Object.fromEntries(Object.entries(table).map(([key, text]) => [`${prefix}:${key}`, text])) as Record<
    `${P}:${string}`,
    string
  >;
