import type { Lang } from "../../model/lang.ts";

const han = /\p{Script=Han}/gu;
const words = /[A-Za-z]{2,}/g;
/** Enough to decide; a manual does not change its language after that. */
const SAMPLE = 20_000;

/** Language of a text. Half a Han character counts as one word, so commands between Chinese sentences do not turn it. */
export function langOf(text: string): Lang {
  const sample = text.slice(0, SAMPLE);
  const chinese = sample.match(han)?.length ?? 0;
  if (chinese === 0) return "en";
  return chinese * 2 > (sample.match(words)?.length ?? 0) ? "zh" : "en";
}
