/**
 * A word that every POSIX shell takes as it stands: inside single quotes it knows no other character than the quote
 * itself (IEEE 1003.1-2017, 2.2.2).
 */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Words of a command line, each quoted unless it is plain. */
export const quoted = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : quote(word))).join(" ");
