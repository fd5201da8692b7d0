import { classOf, controlOf, namedClass, not, propertyOf } from "./classes.ts";
import { BadExpression, folded, type Has, type Tree } from "./tree.ts";

/** How often a part may be asked for at most, as RE2 has it. */
const MOST_TIMES = 1_000;

/** Reads an expression as Prometheus writes them (RE2). Throws BadExpression for what is broken or not regular. */
export const readExpression = (source: string): Tree => new Reading(source).whole();

class Reading {
  readonly #source: string;
  readonly #points: readonly string[];
  #at = 0;
  #fold = false;

  constructor(source: string) {
    this.#source = source;
    this.#points = Array.from(source);
  }

  whole(): Tree {
    const tree = this.#any();
    return this.#at < this.#points.length ? this.#bad() : tree;
  }

  #bad(): never {
    throw new BadExpression(this.#source, this.#at);
  }

  #sees(text: string): boolean {
    return Array.from(text).every((one, index) => this.#points[this.#at + index] === one);
  }

  #takes(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  #next(): string {
    return this.#points[this.#at++] ?? this.#bad();
  }

  /** Everything up to `end`, which is taken too. */
  #until(end: string): string {
    const from = this.#at;
    while (this.#next() !== end);
    return this.#points.slice(from, this.#at - 1).join("");
  }

  #any(): Tree {
    const of = [this.#all()];
    while (this.#takes("|")) of.push(this.#all());
    return of.length === 1 ? of[0]! : { kind: "any", of };
  }

  #all(): Tree {
    const of: Tree[] = [];
    while (this.#at < this.#points.length && !this.#sees("|") && !this.#sees(")")) of.push(this.#times(this.#atom()));
    return { kind: "all", of };
  }

  #times(of: Tree): Tree {
    const bounds = this.#bounds();
    if (bounds === undefined) return of;
    // As few as may be, or as many: the whole is matched either way.
    this.#takes("?");
    return { kind: "times", of, least: bounds[0], most: bounds[1] };
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#takes("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#takes("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#takes("?")) return [0, 1];
    const rest = this.#points.slice(this.#at, this.#at + 12).join("");
    const [text, first = "", comma, last = ""] = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(rest)?.slice(0, 4) ?? [];
    if (text === undefined) return undefined;
    this.#at += text.length;
    const least = Number(first);
    const most = comma === undefined ? least : last === "" ? Number.POSITIVE_INFINITY : Number(last);
    const named = most === Number.POSITIVE_INFINITY ? least : most;
    return least <= most && named <= MOST_TIMES ? [least, most] : this.#bad();
  }

  #atom(): Tree {
    const sign = this.#next();
    if (sign === "(") return this.#group();
    if (sign === "^") return { kind: "at", place: "begin" };
    if (sign === "$") return { kind: "at", place: "end" };
    if (sign === ".") return this.#one((point) => point !== 10);
    if (sign === "[") return this.#one(this.#set());
    if (sign === "\\") return this.#escaped();
    if ("*+?)".includes(sign)) return this.#bad();
    const code = sign.codePointAt(0)!;
    return this.#one((point) => point === code);
  }

  #one(has: Has): Tree {
    return { kind: "one", has: this.#fold ? folded(has) : has };
  }

  /** `( )`, `(?: )`, `(?P<name> )`, `(?i: )`, and `(?i)` for the rest of what is around it. */
  #group(): Tree {
    const before = this.#fold;
    if (this.#takes("?")) {
      if (this.#takes("P<") || (this.#sees("<") && !this.#sees("<=") && !this.#sees("<!"))) this.#until(">");
      else {
        const flags = /^(i?)(s?)([:)])/.exec(this.#points.slice(this.#at, this.#at + 3).join(""));
        if (!flags) return this.#bad();
        this.#at += flags[0].length;
        this.#fold ||= flags[1] === "i";
        // The flag stays for what follows in the group around it.
        if (flags[3] === ")") return { kind: "all", of: [] };
      }
    }
    const tree = this.#any();
    if (!this.#takes(")")) return this.#bad();
    this.#fold = before;
    return tree;
  }

  #escaped(): Tree {
    if (this.#takes("b")) return { kind: "at", place: "edge" };
    if (this.#takes("B")) return { kind: "at", place: "inside" };
    if (this.#takes("A")) return { kind: "at", place: "begin" };
    if (this.#takes("z")) return { kind: "at", place: "end" };
    const found = this.#escape();
    return this.#one(typeof found === "number" ? (point) => point === found : found);
  }

  /** What stands behind a backslash: one character, or a class of them. */
  #escape(): number | Has {
    const letter = this.#next();
    if (letter === "p" || letter === "P") {
      const has = propertyOf(this.#takes("{") ? this.#until("}") : this.#next()) ?? this.#bad();
      return letter === "P" ? not(has) : has;
    }
    const known = classOf(letter) ?? controlOf(letter);
    if (known !== undefined) return known;
    if (letter === "x" || letter === "u") return this.#hex(letter === "x" ? 2 : 4);
    return /^[0-9A-Za-z]$/.test(letter) ? this.#bad() : letter.codePointAt(0)!;
  }

  #hex(digits: number): number {
    const text = this.#takes("{") ? this.#until("}") : Array.from({ length: digits }, () => this.#next()).join("");
    const point = /^[0-9A-Fa-f]{1,6}$/.test(text) ? Number.parseInt(text, 16) : Number.POSITIVE_INFINITY;
    return point <= 0x10ffff ? point : this.#bad();
  }

  #set(): Has {
    const isNot = this.#takes("^");
    const parts: Has[] = [];
    // A bracket right at the beginning is meant as such.
    do parts.push(this.#part());
    while (!this.#takes("]"));
    const has: Has = (point) => parts.some((part) => part(point));
    const whole = this.#fold ? folded(has) : has;
    return isNot ? not(whole) : whole;
  }

  #part(): Has {
    if (this.#takes("[:")) {
      const isNot = this.#takes("^");
      const has = namedClass(this.#until(":")) ?? this.#bad();
      if (!this.#takes("]")) return this.#bad();
      return isNot ? not(has) : has;
    }
    const from = this.#bound();
    if (typeof from !== "number") return from;
    if (!this.#sees("-") || this.#points[this.#at + 1] === "]") return (point) => point === from;
    this.#at += 1;
    const to = this.#bound();
    if (typeof to !== "number" || to < from) return this.#bad();
    return (point) => from <= point && point <= to;
  }

  #bound(): number | Has {
    const sign = this.#next();
    return sign === "\\" ? this.#escape() : sign.codePointAt(0)!;
  }
}
