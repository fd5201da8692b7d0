import { RE2JS, RE2JSException } from "re2js";

/** What a silence or a window is about: one label of an alert. Regular expressions (RE2's) match the whole value. */
export interface Matcher {
  readonly label: string;
  readonly is: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** Labels of an alert: alert, check, metric, rule, service, severity, target; of one from outside its own, too. */
export type Labels = Readonly<Record<string, string>>;

/** A time in which nobody is told of some alerts. Whoever was told before hears of their end all the same. */
export interface Silence {
  readonly id: string;
  /** maintenance: opened by a change or a window of the book. */
  readonly kind: "silence" | "maintenance";
  /** All of them must match. */
  readonly matchers: readonly Matcher[];
  readonly by: string;
  readonly reason: string;
  /** The run that opened it. */
  readonly run?: string;
  /** Milliseconds since the epoch. */
  readonly starts: number;
  readonly ends: number;
  /** When and by whom it was ended before its time. */
  readonly ended?: { readonly at: number; readonly by: string };
}

const OURS = new Set(["alert", "alertname", "check", "metric", "rule", "service", "severity", "target"]);

/** The longest expression, and as much of a value as it is asked about. */
export const LONGEST = 512;
/** An expression of more steps is refused: a value of that length costs as many steps for each of its characters. */
const MOST_STEPS = 4_000;
/** Expressions that are kept as they were read. */
const KEPT = 200;

const read = new Map<string, RE2JS | undefined>();

/** As Prometheus has them (RE2). Undefined for one that is broken, not regular, or far too large. */
function expression(source: string): RE2JS | undefined {
  if (!read.has(source)) {
    if (read.size >= KEPT) read.clear();
    read.set(source, tried(source));
  }
  return read.get(source);
}

function tried(source: string): RE2JS | undefined {
  try {
    const found = RE2JS.compile(source);
    return found.programSize() > MOST_STEPS ? undefined : found;
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

function matches({ label, is, value }: Matcher, labels: Labels): boolean {
  const given = Object.hasOwn(labels, label) ? labels[label]! : "";
  if (is === "=") return given === value;
  if (is === "!=") return given !== value;
  // One that was kept before and cannot be read holds for nothing: it hides nobody's alert.
  const wanted = expression(value);
  return wanted !== undefined && wanted.matches(given.slice(0, LONGEST)) === (is === "=~");
}

/** Whether all matchers hold; none at all hold for everything. */
export const matchesAll = (matchers: readonly Matcher[], labels: Labels): boolean =>
  matchers.every((matcher) => matches(matcher, labels));

const FORM = /^([a-zA-Z_][\w.:/-]{0,199})(=~|!~|!=|=)(.*)$/su;

/** `service=shop`, `severity=~P[01]`, `target!=web-1`; undefined for anything else and for an expression that is broken, or not regular. */
export function matcherOf(text: string): Matcher | undefined {
  const [, label, is, value = ""] = FORM.exec(text.trim()) ?? [];
  if (label === undefined || value.length > LONGEST) return undefined;
  const matcher = { label, is: is as Matcher["is"], value };
  return matcher.is.endsWith("~") && expression(value) === undefined ? undefined : matcher;
}

export const matcherText = ({ label, is, value }: Matcher): string => `${label}${is}${value}`;

/**
 * Whether it hides alerts that nothing in it names: every one there can be, or all but some. Whoever wants that is asked
 * twice.
 */
export const matchesEverything = (matchers: readonly Matcher[]): boolean =>
  matchers.every(
    (matcher) =>
      matches(matcher, {}) &&
      // A label that only other systems have is absent from all the rest.
      (!OURS.has(matcher.label) || matches(matcher, { [matcher.label]: "\u{1F4A3} nothing has this name" })),
  );

/** Whether it holds at `now`, milliseconds since the epoch. */
export const isOn = ({ starts, ends, ended }: Silence, now: number): boolean =>
  starts <= now && now < Math.min(ends, ended?.at ?? ends);
