import type { Registry } from "../model/registry.ts";
import { checks } from "./checks/index.ts";
import { faults } from "./faults/index.ts";
import { steps } from "./steps/index.ts";
import { sweep } from "./targets/receipt/receipt.ts";
import { readTogether } from "./targets/framed/scripts.ts";
import { targets } from "./targets/index.ts";

const byKind = <K extends { readonly kind: string }>(kinds: readonly K[]): ReadonlyMap<string, K> =>
  new Map(kinds.map((kind) => [kind.kind, kind]));

/** Every kind there is. */
export const registry: Registry = {
  checks: byKind(checks),
  targets: byKind(targets),
  steps: byKind(steps),
  faults: byKind(faults),
  sweep,
  readTogether,
  // Loaded when somebody is told something: most verbs tell nobody.
  send: async (...given) => (await import("./notifiers/send/send.ts")).send(...given),
  noticeLimits: async (kind) => {
    const found = (await import("./notifiers/index.ts")).notifiers.find((each) => each.kind === kind);
    return found && { ...found.limits, ...(found.stateful && { stateful: true }) };
  },
};
