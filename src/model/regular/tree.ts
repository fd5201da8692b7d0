/** Whether a character (a code point) is meant. */
export type Has = (point: number) => boolean;

/** A place between two characters. */
export type Place = "begin" | "end" | "edge" | "inside";

/** A regular expression as it was read. */
export type Tree =
  | { readonly kind: "one"; readonly has: Has }
  | { readonly kind: "at"; readonly place: Place }
  | { readonly kind: "all"; readonly of: readonly Tree[] }
  | { readonly kind: "any"; readonly of: readonly Tree[] }
  | { readonly kind: "times"; readonly of: Tree; readonly least: number; readonly most: number };

/** An expression that is broken, or that no automaton can answer: a reference back, a look around. */
export class BadExpression extends Error {
  constructor(source: string, at: number) {
    super(`/${source}/ at ${at}`);
    this.name = "BadExpression";
  }
}

/** Capitals and small letters are the same. */
export function folded(has: Has): Has {
  const other = (point: number, turn: (letter: string) => string): number => {
    const turned = Array.from(turn(String.fromCodePoint(point)));
    return turned.length === 1 ? turned[0]!.codePointAt(0)! : point;
  };
  return (point) =>
    has(point) || has(other(point, (one) => one.toLowerCase())) || has(other(point, (one) => one.toUpperCase()));
}
