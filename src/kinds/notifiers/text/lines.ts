import type { Notice } from "../../../model/notice.ts";

/** `name: value` with the colon of the notice's language. */
export const factLine = ({ lang }: Pick<Notice, "lang">, { name, value }: Notice["facts"][number]): string =>
  `${name}${lang === "zh" ? "\uff1a" : ": "}${value}`;

/** One line: what would begin another is a space. */
// oxlint-disable-next-line no-control-regex
export const oneLine = (text: string): string =>
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();

/** A whole notice as plain text: body, facts, links, paragraphs apart. */
export const plainText = (notice: Notice): string =>
  [
    notice.body,
    notice.facts.map((fact) => factLine(notice, fact)).join("\n"),
    notice.links.map(({ text, url }) => `${text}${notice.lang === "zh" ? "\uff1a" : ": "}${url}`).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
