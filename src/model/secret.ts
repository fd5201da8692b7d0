/** The reference that a parameter means: that of a name of the book's `secrets:`, or the parameter itself. */
export const referenceOf = (secrets: Readonly<Record<string, string>>, given: string): string =>
  Object.hasOwn(secrets, given) ? secrets[given]! : given;
