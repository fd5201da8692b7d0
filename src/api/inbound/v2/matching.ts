import { WatchbookError } from "../../../model/error.ts";
import { matchesAll, matcherOf, type Labels, type Matcher } from "../../../model/silence.ts";

/** `alertname="Down"` as Alertmanager's clients write it, and `service=shop`. Throws SILENCE-MATCHER. */
export function filterOf(text: string): Matcher {
  const [, head = "", quoted] = /^([^"]*?)\s*"((?:[^"\\]|\\.)*)"\s*$/su.exec(text) ?? [];
  const plain = quoted === undefined ? text : `${head}${quoted.replaceAll(/\\(["\\])/g, "$1")}`;
  const [, label, is, value] = /^\s*([^=!~\s]+)\s*(=~|!~|!=|=)\s*(.*)$/su.exec(plain) ?? [];
  const matcher = label === undefined ? undefined : matcherOf(`${label}${is}${value}`);
  if (!matcher) throw new WatchbookError("SILENCE-MATCHER", { text: text.slice(0, 100) });
  return matcher;
}

/** Whether labels pass every `filter=` of a request. */
export function passes(filters: readonly string[] | undefined): (labels: Labels) => boolean {
  const matchers = (filters ?? []).slice(0, 50).map(filterOf);
  return (labels) => matchesAll(matchers, labels);
}
