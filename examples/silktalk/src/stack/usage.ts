import { FAULTS, type FaultName } from "../fault/index.ts";
import type { Fault } from "../fault/fault.ts";
import { words } from "../words/index.ts";
import { NODES } from "./place.ts";

function faultLine(name: FaultName): string {
  const { value }: Fault = FAULTS[name];
  const { fault, usually } = words();
  return `  ${name.padEnd(14)} ${fault[name].does}${value === undefined ? "" : usually(value.usual)}`;
}

/** Help of `fault`, `undo`, or of the stack as a whole. */
export function usageOf(verb: string | undefined): string {
  const { usage, nodes, faults } = words();
  if (verb !== "fault" && verb !== "undo") return `${usage.stack}\n${nodes(NODES)}`;
  const names = Object.keys(FAULTS) as FaultName[];
  return [usage[verb], "", nodes(NODES), faults, ...names.map(faultLine)].join("\n");
}
