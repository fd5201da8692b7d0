/** `"…"` of PromQL. */
export const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/** Text of which a regular expression (RE2) matches only itself. */
export const literal = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);

export type LabelMatch = readonly [label: string, is: "=" | "!=" | "=~" | "!~", value: string];

/** `name{a="b",c=~"d"}` */
export const selector = (name: string, ...matches: readonly LabelMatch[]): string =>
  `${name}{${matches.map(([label, is, value]) => `${label}${is}${quoted(value)}`).join(",")}}`;
