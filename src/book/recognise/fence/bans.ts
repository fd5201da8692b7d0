import {
  announcesForbidden,
  forbidden,
  forbidsBelow,
  forbidsRunning,
  HARMLESS,
  hints,
  invites,
  isConditioned,
  isRetired,
  onlyForbids,
  onlyOnce,
  turns,
} from "../../words/bans.ts";
import { BAN_REMARK, STALE_HEADING, STALE_REMARK } from "../../words/examples.ts";
import { remembered } from "../../words/matcher.ts";
import type { Part } from "../recogniser.ts";
import type { Near } from "./around.ts";
import type { View } from "./view.ts";

/** Characters of a text that are looked at. */
const LONGEST = 400;

/** What stands around the block forbids to run it, or says that it is over; the words that say so, undefined: nothing does. */
export const banOf = (view: View, reads: boolean): string | undefined =>
  titled(view) ?? saidAbove(view, reads) ?? remarked(view, reads) ?? below(view, reads);

function saidAbove(view: View, reads: boolean): string | undefined {
  for (const near of view.around.above) {
    const said = above(near, reads);
    if (said !== undefined) return said;
  }
  return undefined;
}

const forbidsSection = remembered((title) => STALE_HEADING.test(title) || forbidsBelow(title) || isRetired(title));
const headings = new WeakMap<Part, string>();

/** The heading above that says so, "" when none does; a section may hold many blocks. */
function headingOf(part: Part): string {
  const known = headings.get(part);
  if (known !== undefined) return known;
  const found = part.section.path
    .slice(-3)
    .map((title) => title.slice(0, LONGEST))
    .find(forbidsSection);
  headings.set(part, found ?? "");
  return found ?? "";
}

/** A heading, the title of an item or a summary. */
function titled(view: View): string | undefined {
  const heading = headingOf(view.part);
  if (heading !== "") return heading;
  for (const { text: whole, struck, form } of view.around.titles) {
    if (whole === "") continue;
    const text = whole.slice(0, LONGEST);
    if (struck || isRetired(text) || (form === "box" && STALE_HEADING.test(text))) return text;
    if (forbidsBelow(text) && !turns(text)) return text;
  }
  return undefined;
}

/** Sentences of a text, the last characters of it. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .slice(-LONGEST)
    .split(/\n|(?<=[.!?])\s+(?=[A-Z*])|[。！？]/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

function above({ text, form, struck }: Near, reads: boolean): string | undefined {
  if (struck) return text;
  if (!hints(text.slice(0, LONGEST)) && !hints(text.slice(-LONGEST))) return undefined;
  if (isRetired(text.slice(0, LONGEST))) return text;
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
  if (!hints(text.slice(0, LONGEST))) return undefined;
  const ahead = leads && /[:：]$/.test(text);
  return sentencesOf(text.slice(0, LONGEST)).find((sentence) => {
    if (onlyOnce(sentence) || turns(sentence) || (isConditioned(sentence) && reads)) return false;
    if (forbidden(sentence, "previous")) return true;
    return !ahead && !forbidden(sentence, "next") && (forbidden(sentence, "this") || onlyForbids(sentence));
  });
}
