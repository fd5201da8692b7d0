import type { Datum, Document } from "../../model/document.ts";
import type { Part } from "../recognise/recogniser.ts";
import { SIGNATURE_DATE, SIGNATURE_HEADINGS, SIGNATURE_KEYS, UNSIGNED } from "../words/documents.ts";

interface Signing {
  readonly lead?: string;
  readonly rest?: string;
  readonly line: number;
}

/** Who signs the document, and whether something stands on the line: reviewers of the data block, and sign-off sections. */
export function signaturesOf(file: string, parts: readonly Part[], data: readonly Datum[]): Document["signatures"] {
  const reviewers = data
    .filter((datum) => SIGNATURE_KEYS.includes(datum.key))
    .map((datum) => ({ role: datum.label, signed: !UNSIGNED.test(datum.value.trim()), source: datum.source }));
  const lines = parts
    .filter((part) => SIGNATURE_HEADINGS.test(part.section.title))
    .flatMap((part) => part.nodes)
    .flatMap((node): readonly Signing[] =>
      node.kind === "paragraph" ? node.leads : node.kind === "list" ? node.items : [],
    )
    .flatMap((line) =>
      line.lead === undefined
        ? []
        : [{ role: line.lead, signed: signedBy(line.rest ?? ""), source: { file, line: line.line } }],
    );
  return [...reviewers, ...lines];
}

const signedBy = (rest: string): boolean => !UNSIGNED.test(rest.replace(SIGNATURE_DATE, "").trim());
