import type { AlertSettings } from "../../model/alert-policy.ts";
import type { Watch } from "../../model/alert.ts";
import type { Rule } from "../../model/rule.ts";
import type { Condition } from "./condition.ts";

/** Flips that are kept: more say nothing new. */
const FLIPS = 50;

export const freshWatch = (key: string, now: number): Watch => ({ key, phase: "ok", since: now, flips: [] });

export const isFlapping = ({ flips }: Watch, now: number, { changes, windowMs }: AlertSettings["flapping"]): boolean =>
  flips.filter((at) => at > now - windowMs).length >= changes;

const enter = (watch: Watch, phase: Watch["phase"], now: number): Watch => ({ ...watch, phase, since: now });

const flip = (watch: Watch, now: number): Watch => ({ ...watch, flips: [...watch.flips, now].slice(-FLIPS) });

function bad(watch: Watch, forMs: number, now: number): Watch {
  const { calm: _, ...going } = watch;
  if (watch.phase === "firing") return watch.calm === undefined ? watch : flip(going, now);
  const pending = watch.phase === "pending" ? watch : enter(watch, "pending", now);
  return now - pending.since >= forMs ? flip(enter(pending, "firing", now), now) : pending;
}

function good(watch: Watch, now: number, flapping: AlertSettings["flapping"]): Watch {
  if (watch.phase !== "firing") return watch.phase === "ok" ? watch : enter(watch, "ok", now);
  const calm = watch.calm ?? now;
  const told = watch.calm === undefined ? flip(watch, now) : watch;
  if (isFlapping(told, now, flapping) && now - calm < flapping.calmMs) return { ...told, calm };
  const { calm: _, ...over } = told;
  return enter(over, "ok", now);
}

/**
 * The next state of one rule on one target. Pure; the same object when nothing changed. Fires at its limit and is over at
 * the normal one; what cannot be judged neither fires nor ends anything, and leaves what is pending pending; what flaps
 * lasts until it kept calm.
 */
export function nextWatch(
  before: Watch,
  condition: Condition,
  rule: Rule,
  now: number,
  settings: AlertSettings,
): Watch {
  if (condition.says === "unknown") return before.blind === undefined ? { ...before, blind: now } : before;
  const { blind: _, value: __, ...seeing } = before;
  const watch: Watch = before.blind === undefined && before.value === undefined ? before : seeing;
  const next = withGone(stepped(watch, condition.says, rule, now, settings), condition.gone === true);
  if (condition.value === undefined) return next;
  return next === watch && before.blind === undefined && before.value === condition.value
    ? before
    : { ...next, value: condition.value };
}

function withGone(watch: Watch, gone: boolean): Watch {
  if (gone === (watch.gone === true)) return watch;
  const { gone: _, ...there } = watch;
  return gone ? { ...there, gone } : there;
}

function stepped(
  watch: Watch,
  says: "bad" | "between" | "good",
  rule: Rule,
  now: number,
  settings: AlertSettings,
): Watch {
  if (says === "bad") return bad(watch, rule.forMs, now);
  if (says === "good") return good(watch, now, settings.flapping);
  return watch.phase === "pending" ? enter(watch, "ok", now) : watch;
}

/** Whether a restart must know of the change: a value alone is read again. */
export const isNews = (before: Watch | undefined, after: Watch): boolean =>
  before === undefined
    ? after.phase !== "ok" || after.blind !== undefined
    : before.phase !== after.phase ||
      before.since !== after.since ||
      before.blind !== after.blind ||
      before.calm !== after.calm ||
      before.gone !== after.gone ||
      before.flips !== after.flips;
