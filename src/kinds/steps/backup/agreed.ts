import type { Agreed } from "../../../model/backup.ts";

/** What the program `agree` told. */
export const agreedOf = (pair: Pick<Agreed, "rows" | "files">, facts: Readonly<Record<string, string>>): Agreed => ({
  rows: pair.rows,
  files: pair.files,
  looked: Number(facts["LOOKED"]),
  torn: Number(facts["TORN"]),
  first: Buffer.from(facts["FIRST"] ?? "", "base64")
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== ""),
});

/** Names of the files that lie beside the copies while a set is taken. */
export const rowsBefore = (rows: string, files: string): string => `rows-${rows}-${files}`;
