import type { Notice } from "../../../model/notice.ts";

/** How a notice looks where there are colours: bad is the worst severity, good is over, calm needs nobody. */
export type Tone = "bad" | "warn" | "note" | "good" | "calm";

export function tone({ event, rank }: Pick<Notice, "event" | "rank">): Tone {
  if (event === "resolve") return "good";
  if (event === "test" || event === "acknowledge") return "calm";
  return rank <= 0 ? "bad" : rank === 1 ? "warn" : "note";
}

/** Edge colours of cards and attachments, as in Today. */
export const COLOUR: Readonly<Record<Tone, string>> = {
  bad: "#c0392b",
  warn: "#d9822b",
  note: "#c9a400",
  good: "#2e8b57",
  calm: "#4a6fa5",
};
