import type { Env } from "../env.ts";
import { reason, Refusal, type Reason } from "../refusal.ts";
import type { Verdict } from "../../model/states.ts";
import { utc } from "../../model/time.ts";
import { worstVerdict, type Judged } from "./kind.ts";

/** Collects what a strict judgement finds; the verdict is the worst of it. */
export class Findings {
  readonly #values: Env;
  readonly #reasons: Reason[] = [];
  readonly #verdicts: Verdict[] = [];
  readonly #measured: Record<string, number | string> = {};

  constructor(values: Env) {
    this.#values = values;
  }

  find(verdict: Verdict, code: string, args: Reason["args"] = {}): void {
    this.#verdicts.push(verdict);
    this.#reasons.push(reason(code, args));
  }

  /** Value of a key that must be there and not empty. */
  text(key: string): string | undefined {
    const value = this.#values.get(key);
    if (value !== undefined && value !== "") return value;
    this.find("inconclusive", "key-missing", { key });
    return undefined;
  }

  /** A plain decimal number from 0: no sign, no exponent, no NaN, no infinity. Anything else is refused. */
  number(key: string, whole = false): number | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    if (!(whole ? /^\d{1,15}$/ : /^\d{1,15}(?:\.\d{1,9})?$/).test(value))
      throw new Refusal("not-a-number", { key, value });
    this.#measured[key] = Number(value);
    return Number(value);
  }

  /** `true` or `false`, spelled so. */
  flag(key: string): boolean | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    if (!/^(?:true|false)$/i.test(value)) throw new Refusal("not-a-flag", { key, value });
    return value.toLowerCase() === "true";
  }

  /** UTC with or without fractions, as milliseconds. */
  time(key: string): number | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value) ? Date.parse(value) : Number.NaN;
    // Date takes the 30th of February for the 2nd of March.
    if (Number.isNaN(at) || utc(at).slice(0, 19) !== value.slice(0, 19))
      throw new Refusal("not-a-time", { key, value });
    return at;
  }

  /** Compares a value with its limit: reaching it is allowed, exceeding it fails. */
  limit(key: string, max: number, whole = false): void {
    const value = this.number(key, whole);
    this.#measured[`max ${key}`] = max;
    if (value !== undefined && value > max) this.find("fail", "limit-exceeded", { key, value, max });
  }

  /**
   * Declared seconds against the span of two timestamps. Timestamps of whole seconds may each be up to a second early,
   * so a declared value may differ by less than one; beyond that somebody flattered a figure: refused.
   */
  span(secondsKey: string, fromKey: string, toKey: string): void {
    const [from, to] = [this.time(fromKey), this.time(toKey)];
    const seconds = this.number(secondsKey);
    if (from === undefined || to === undefined || seconds === undefined) return;
    if (to < from) throw new Refusal("times-reversed", { from: fromKey, to: toKey });
    const whole = [fromKey, toKey].some((key) => !this.#values.get(key)!.includes("."));
    const slack = whole ? 1 : 0.002;
    const span = (to - from) / 1000;
    if (Math.abs(span - seconds) >= slack)
      throw new Refusal("seconds-disagree", { key: secondsKey, said: seconds, is: span });
  }

  /**
   * Durations come from a monotonic clock in one process; a file that cannot say so, or has only whole-second wall
   * times, demonstrates nothing.
   */
  monotonic(): void {
    if (this.#values.get("CLOCK_SOURCE") !== "monotonic") this.find("inconclusive", "coarse-clock");
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  judged(): Judged {
    const verdict = this.#verdicts.length === 0 ? "pass" : worstVerdict(this.#verdicts);
    return { verdict, reasons: this.#reasons, measured: this.#measured };
  }
}
