import { stringify } from "yaml";
import type { Book } from "../../../model/book.ts";

/** What every text file begins with: whose it is, and which book it was made from. */
export const head = ({ title, digest }: Pick<Book, "title" | "digest">): string =>
  `# watchbook render: ${title.replaceAll(/\s+/g, " ")}\n# book ${digest}\n`;

/** A YAML file: no anchors, no folded lines, strings quoted where a reader of YAML 1.1 would see something else. */
export const yamlFile = (book: Pick<Book, "title" | "digest">, content: unknown): string =>
  head(book) + stringify(content, { lineWidth: 0, aliasDuplicateObjects: false, version: "1.1" });
