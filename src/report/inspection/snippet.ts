import type { Bands } from "../../model/check.ts";
import type { InspectionItem, Lacking } from "../../model/inspection.ts";
import { slug } from "../name.ts";

/** Text as a YAML scalar: JSON's double quotes are YAML's. */
const quoted = (text: string): string => JSON.stringify(text);

/** A value in YAML's flow form: plain words stay plain, so that a person can fill in what stands in angle brackets. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "string") return JSON.stringify(value);
  const plain = /^(?:<[a-z]+>|[a-z][a-z-]*)$/i.test(value) && !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(value);
  return plain ? value : quoted(value);
}

const map = (pairs: readonly (readonly [string, string])[]): string =>
  `{ ${pairs.map(([name, value]) => `${name}: ${value}`).join(", ")} }`;

const limits = ({ bad, ...rest }: Bands): string =>
  map(Object.entries({ bad, ...rest }).map(([name, value]) => [name, String(value)]));

/** What no probe is known for: a command of the reader's own. */
const COMMAND: Lacking = { kind: "command", params: {}, required: ["argv"] };

function entry(
  item: InspectionItem,
  { kind, params, bands, required, metric }: Lacking,
  id: string,
): readonly string[] {
  const open = required.filter((name) => params[name] === undefined);
  const pairs = [
    ...open.map((name) => [name, name === "argv" ? "[<program>, <argument>]" : `<${name}>`] as const),
    ...Object.entries(params).map(([name, value]) => [name, flow(value)] as const),
  ];
  return [
    `  ${/^(?!(?:null|true|false)$)\p{L}[\p{L}\p{N}_-]*$/iu.test(id) ? id : quoted(id)}:`,
    `    kind: ${kind}`,
    ...(pairs.length > 0 ? [`    params: ${map(pairs)}`] : []),
    ...(bands === undefined ? [] : [`    bands: ${limits(bands)}`]),
    ...(metric === undefined ? [] : [`    metric: ${quoted(metric)}`]),
    `    items: [${quoted(item.text)}]`,
  ];
}

/**
 * The lines of watchbook.yaml that would let a machine judge these items, as a YAML map by id, the form of every book we
 * make: a list under a map would break the file. "" when none lacks anything a machine could do. What only a person knows
 * stands in angle brackets. `taken`: ids of checks that exist already.
 */
export function snippet(items: readonly InspectionItem[], taken: readonly string[]): string {
  const used = new Set(taken);
  const lines: string[] = [];
  for (const item of items) {
    if (!item.needs || ["interrupted", "person", "console"].includes(item.needs.code)) continue;
    for (const proposal of item.needs.proposals ?? [COMMAND]) {
      const base = item.needs.code === "tick" ? slug(item.id) : proposal.kind;
      let id = base;
      for (let number = 2; used.has(id); number += 1) id = `${base}-${number}`;
      used.add(id);
      lines.push(...entry(item, proposal, id));
    }
  }
  return lines.length === 0 ? "" : ["checks:", ...lines, ""].join("\n");
}
