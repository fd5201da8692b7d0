import type { Notice } from "../../../model/notice.ts";
import { factLine, oneLine } from "./lines.ts";
import { href, robotText } from "./markup.ts";

/** Paragraphs of a message in a robot's Markdown, below its title. */
export const robotLines = (notice: Notice): readonly string[] =>
  [
    ...notice.body.split("\n").map(robotText),
    ...notice.facts.map((fact) => `> ${robotText(oneLine(factLine(notice, fact)))}`),
    ...notice.links.map(({ text, url }) => `[${robotText(oneLine(text)).replaceAll(/[[\]]/g, "")}](${href(url)})`),
  ].filter((line) => line.trim() !== "");

/** Robots that look for a word in every message get it; a message that has it stays as it is. */
export const withKeyword = (notice: Notice, keyword: string | undefined): Notice =>
  keyword === undefined || notice.title.includes(keyword) ? notice : { ...notice, title: `${keyword} ${notice.title}` };

/** Who answers for it is called when it begins and when nobody answered. */
export const isCalling = ({ event }: Pick<Notice, "event">): boolean => event === "fire" || event === "escalate";
