import type { Notice } from "../../../model/notice.ts";
import { clip, cut } from "./cut.ts";

/** Characters that a title keeps when nothing else is left to leave out. */
const TITLE = 120;
/** A body with `length` units of its text, and with what says that there was more. */
function shorter(notice: Notice, length: number): Notice {
  const kept = cut(notice.body, length).trimEnd();
  return { ...notice, body: kept === "" ? notice.shortened : `${kept}\n${notice.shortened}` };
}

/** Without as many of the last facts or links as it takes. */
function fewer(notice: Notice, what: "facts" | "links", fits: (notice: Notice) => boolean): Notice {
  const kept = notice[what].findLastIndex((_, last) => fits({ ...notice, [what]: notice[what].slice(0, last + 1) }));
  return { ...notice, [what]: notice[what].slice(0, kept + 1) };
}

/**
 * The most of a notice that fits: first its body is shortened, then facts go from the end, then the title is clipped, then
 * links go from the end, each whole. `fits` sees what would be sent; the answer may still not fit when nothing can.
 */
export function shortened(notice: Notice, fits: (notice: Notice) => boolean): Notice {
  if (fits(notice)) return notice;
  let least = shorter(notice, 0);
  least = fewer(least, "facts", fits);
  if (!fits(least)) least = fewer({ ...least, title: clip(least.title, TITLE) }, "links", fits);
  if (!fits(least)) return least;
  const { facts, title, links } = least;
  let [low, high] = [0, notice.body.length];
  let best = least;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const tried = { ...shorter(notice, middle), facts, title, links };
    if (fits(tried)) [best, low] = [tried, middle + 1];
    else high = middle - 1;
  }
  return best;
}

/** Bytes of UTF-8 of a JSON body. */
export const bytesOf = (document: unknown): number => Buffer.byteLength(JSON.stringify(document));
