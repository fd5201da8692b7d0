import { unique } from "./unique.ts";

const plain = /^[a-z0-9_ -]*$/;
const removed = /[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu;

/** GitHub's anchor of a heading text: lower case, punctuation dropped, blanks to hyphens. */
export const slugOf = (text: string): string => {
  const lower = text.toLowerCase();
  return (plain.test(lower) ? lower : lower.replace(removed, "")).replaceAll(" ", "-");
};

/** Slugs of one document: a text that comes again gets `-1`, `-2` …, as GitHub does it. */
export function slugger(): (text: string) => string {
  const name = unique(1);
  return (text) => name(slugOf(text));
}
