import { keyOf, policyOf, rulesOf } from "../../desk/alert/index.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Book } from "../../model/book.ts";
import { INBOUND_KINDS } from "../../model/inbound.ts";
import { isOutsideKey, originIn } from "../../model/outside.ts";
import type { Rule } from "../../model/rule.ts";
import { digestsOf, type ChannelDigests } from "./channel-digests.ts";

/** What a book says of alerts, made once per book. */
export interface RulesNow {
  readonly rules: readonly Rule[];
  readonly byCheck: ReadonlyMap<string, readonly Rule[]>;
  readonly policy: AlertPolicy;
}

/** Every check that a rule reads, of a ratio both. */
export const checksOf = (rule: Rule): readonly string[] =>
  rule.form === "ratio" ? [rule.check, rule.whole] : [rule.check];

const made = new WeakMap<Book, RulesNow>();

export function rulesNow(book: Book): RulesNow {
  const known = made.get(book);
  if (known) return known;
  const rules = rulesOf(book);
  const byCheck = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const check of checksOf(rule)) byCheck.set(check, [...(byCheck.get(check) ?? []), rule]);
  const now = { rules, byCheck, policy: policyOf(book) };
  made.set(book, now);
  return now;
}

/**
 * Keys of `keys` that a book has no more. `before`: what the last one said of channels. A channel that was changed gets a new trial. What a source said that is none any
 * more nobody would ever take back.
 */
export function goneKeys(keys: ReadonlySet<string>, book: Book, before: ChannelDigests | undefined): readonly string[] {
  const { rules, policy } = rulesNow(book);
  const digests = digestsOf(book);
  const channels = policy.channels.filter((id) => before === undefined || digests[id] === before[id]);
  const known = new Set([...rules.map(keyOf), ...channels.map((id) => `channel@${id}`)]);
  const sources = new Set<string>([...INBOUND_KINDS, ...(book.config.inbound ?? []).map(({ id }) => id)]);
  return [...keys].filter((key) => {
    if (isOutsideKey(key)) return !sources.has(originIn(key));
    return !known.has(key) && !key.startsWith("watcher@");
  });
}
