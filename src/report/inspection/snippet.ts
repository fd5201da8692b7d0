import type { InspectionItem } from "../../model/inspection.ts";
import { slug } from "../name.ts";

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Text as a YAML scalar: JSON's double quotes are YAML's. */
const quoted = (text: string): string => JSON.stringify(text);

function entry(item: InspectionItem, id: string): readonly string[] {
  const { code, args } = item.needs!;
  const kind = code === "tick" ? "command" : String(args["kind"]);
  const required = code === "tick" ? ["argv"] : list(args["required"]);
  const value = (name: string): string => (name === "argv" ? "[<program>, <argument>]" : `<${name}>`);
  const metric = args["metric"];
  return [
    `  ${/^(?!(?:null|true|false)$)\p{L}[\p{L}\p{N}_-]*$/iu.test(id) ? id : quoted(id)}:`,
    `    kind: ${kind}`,
    ...(required.length > 0 ? [`    params: { ${required.map((name) => `${name}: ${value(name)}`).join(", ")} }`] : []),
    ...(metric === undefined ? [] : [`    metric: ${quoted(String(metric))}`]),
    `    items: [${quoted(item.text)}]`,
  ];
}

/**
 * The lines of watchbook.yaml that would let a machine judge these items, as a YAML map by id, the form of every book we
 * make: a list under a map would break the file. "" when none lacks anything. What only a person knows stands in angle
 * brackets. `taken`: ids of checks that exist already.
 */
export function snippet(items: readonly InspectionItem[], taken: readonly string[]): string {
  const used = new Set(taken);
  const lines: string[] = [];
  for (const item of items) {
    if (!item.needs || item.needs.code === "interrupted") continue;
    const base = item.needs.code === "tick" ? slug(item.id) : String(item.needs.args["kind"]);
    let id = base;
    for (let number = 2; used.has(id); number += 1) id = `${base}-${number}`;
    used.add(id);
    lines.push(...entry(item, id));
  }
  return lines.length === 0 ? "" : ["checks:", ...lines, ""].join("\n");
}
