/** A blank-separated list of words as a set. */
export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ""));

/** A value that is made when it is first wanted: the word tables cost nothing to a manual without commands. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const sets = new Map<string, ReadonlySet<string>>();

/** `setOf` with memory: the tables' lists are literals. */
export function wordsOf(words: string): ReadonlySet<string> {
  let known = sets.get(words);
  if (!known) sets.set(words, (known = setOf(words)));
  return known;
}
