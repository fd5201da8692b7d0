import type { Flag } from "../../model/block.ts";
import type { Objective, Runbook } from "../../model/runbook.ts";
import type { Page } from "./recogniser.ts";

/** Flags of verifying commands that carry an objective, with its unit. */
const FLAGS: Readonly<Record<string, Pick<Objective, "name" | "unit">>> = {
  "--max-rto-seconds": { name: "rto", unit: "seconds" },
  "--max-rpo-seconds": { name: "rpo", unit: "seconds" },
  "--max-rpo-events": { name: "rpo", unit: "events" },
  "--max-rpo-rows": { name: "rpo", unit: "rows" },
  "--max-rollback-seconds": { name: "rollback", unit: "seconds" },
  "--max-failover-seconds": { name: "failover", unit: "seconds" },
  "--max-data-lag-events": { name: "data-lag", unit: "events" },
  "--max-data-lag-seconds": { name: "data-lag", unit: "seconds" },
  "--max-data-lag-rows": { name: "data-lag", unit: "rows" },
};

const isObjective = ({ name }: Flag): boolean => Object.hasOwn(FLAGS, name);

/** Objectives that stand as flags of commands (`--max-rto-seconds 10`): at most that value. */
export function flagObjectives(page: Page, runbooks: readonly Runbook[]): readonly Objective[] {
  // Few blocks of a book have such a flag: what follows is for those.
  if (!page.blocks.some(({ commands }) => commands.some(({ flags }) => flags.some(isObjective)))) return [];
  const owner = new Map(runbooks.flatMap((one) => one.steps.map((step) => [step.block, one.id] as const)));
  return page.blocks.flatMap((block, index) => {
    if (block.state === "ignored") return [];
    const runbook = owner.get(index);
    return block.commands.flatMap((command) =>
      command.flags.flatMap((flag): readonly Objective[] => {
        const known = Object.hasOwn(FLAGS, flag.name) ? FLAGS[flag.name] : undefined;
        const value = Number(flag.value ?? "");
        if (!known || !flag.value || !Number.isFinite(value) || value < 0) return [];
        const source = { file: page.file, line: command.line };
        return [{ ...known, comparison: "<=", value, origin: "flag", source, ...(runbook ? { runbook } : {}) }];
      }),
    );
  });
}
