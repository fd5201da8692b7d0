/** The word of a code in a table of words; the code itself where the table does not know it. */
export function wordOf(table: object, code: string): string {
  const word: unknown = Object.hasOwn(table, code) ? (table as Readonly<Record<string, unknown>>)[code] : undefined;
  return typeof word === "string" ? word : code;
}
