import {
  announcesForbidden,
  forbidden,
  forbidsBelow,
  forbidsRunning,
  HARMLESS,
  invites,
  isConditioned,
  isRetired,
  onlyForbids,
  onlyOnce,
  turns,
} from "../../words/bans.ts";
import { BAN_REMARK, STALE_HEADING, STALE_REMARK } from "../../words/examples.ts";
import type { Part } from "../recogniser.ts";
import type { Near } from "./around.ts";
import type { View } from "./view.ts";

/** Characters of a text that are looked at. */
const LONGEST = 400;

/** What stands around the block forbids to run it, or says that it is over; the words that say so, undefined: nothing does. */
export const banOf = (view: View, reads: boolean): string | undefined =>
  titled(view) ??
  view.around.above.map((near) => above(near, reads)).find((text) => text !== undefined) ??
  remarked(view, reads) ??
  below(view, reads);

const headings = new WeakMap<Part, string>();

/** The heading above that says so, "" when none does; a section may hold many blocks. */
function headingOf(part: Part): string {
  const known = headings.get(part);
  if (known !== undefined) return known;
  const found = part.section.path
    .slice(-3)
    .map((title) => title.slice(0, LONGEST))
    .find((title) => STALE_HEADING.test(title) || forbidsBelow(title) || isRetired(title));
  headings.set(part, found ?? "");
  return found ?? "";
}

/** A heading, the title of an item or a summary. */
function titled(view: View): string | undefined {
  return (
    (headingOf(view.part) || undefined) ??
    view.around.titles
      .filter(({ text }) => text !== "")
      .map((near) => ({ ...near, text: near.text.slice(0, LONGEST) }))
      .find(
        ({ text, struck, form }) =>
          struck ||
          isRetired(text) ||
          (forbidsBelow(text) && !turns(text)) ||
          (form === "box" && STALE_HEADING.test(text)),
      )?.text
  );
}

/** Sentences of a text, the last characters of it. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .slice(-LONGEST)
    .split(/\n|(?<=[.!?])\s+(?=[A-Z*])|[。！？]/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

function above({ text, form, struck }: Near, reads: boolean): string | undefined {
  if (struck || isRetired(text.slice(0, LONGEST))) return text;
  const all = sentencesOf(text);
  const last = all.at(-1) ?? "";
  if (announcesForbidden(last)) return last;
  const asked = all.length > 1 && invites(last);
  return all.find((sentence) => {
    if (onlyOnce(sentence) || turns(sentence) || (isConditioned(sentence) && (reads || form === "box"))) return false;
    return forbidden(sentence, "next") || (!asked && (forbidden(sentence, "this") || onlyForbids(sentence)));
  });
}

/** The first remark of the block, or one at any of its commands. */
function remarked(view: View, reads: boolean): string | undefined {
  const first = view.lines.find((line) => line.trim() !== "")?.trim() ?? "";
  if ((STALE_REMARK.test(first) || BAN_REMARK.test(first)) && !HARMLESS.test(first)) return first;
  return view
    .shell()
    .comments.map((comment) => comment.text.slice(0, LONGEST).trim())
    .find((text) => (forbidsRunning(text) || isRetired(text)) && !onlyOnce(text) && !(reads && isConditioned(text)));
}

/** Behind the block only what points back at it, or at nothing. */
function below({ around }: View, reads: boolean): string | undefined {
  if (!around.below) return undefined;
  const { text, leads } = around.below;
  const ahead = leads && /[:：]$/.test(text);
  return sentencesOf(text.slice(0, LONGEST)).find((sentence) => {
    if (onlyOnce(sentence) || turns(sentence) || (isConditioned(sentence) && reads)) return false;
    if (forbidden(sentence, "previous")) return true;
    return !ahead && !forbidden(sentence, "next") && (forbidden(sentence, "this") || onlyForbids(sentence));
  });
}
