const WORDS = new Set([
  "and",
  "or",
  "unless",
  "bool",
  "offset",
  "NaN",
  "Inf",
  "on",
  "ignoring",
  "group_left",
  "group_right",
  "by",
  "without",
  "atan2",
]);

/** Names of the series that an expression reads, each once, in order. Not a parser: texts, labels and functions are put aside. */
export function seriesIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/#[^\n]*/g, " ")
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, "")
    .replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/g, " ")
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/g, " ");
  const names = [...bare.matchAll(/(?<![\w:.])([a-zA-Z_:][\w:]*)\b(?!\s*\()/g)].map(([, name]) => name!);
  return [...new Set(names.filter((name) => !WORDS.has(name)))];
}
