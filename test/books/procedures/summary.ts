import { emptyConfig } from "../../../src/book/config/empty.ts";
import { makePage } from "../../../src/book/compile/page.ts";
import { artefacts } from "../../../src/book/recognise/artefacts.ts";
import { runbooks } from "../../../src/book/recognise/runbooks.ts";
import type { Page } from "../../../src/book/recognise/recogniser.ts";

export const pageOf = (file: string, text: string): Page => makePage(file, text, emptyConfig);

/** What a manual says of its blocks, files and procedures, as a golden file shows it. */
export function summaryOf(file: string, text: string): unknown {
  const page = pageOf(file, text);
  const found = runbooks.run(page);
  return {
    blocks: page.blocks.map((block) => ({
      line: block.source.line,
      state: block.state,
      kind: block.kind,
      rule: block.rule,
      ...(block.risk ? { risk: block.risk } : {}),
    })),
    artefacts: (artefacts.run(page).artefacts ?? []).map(({ path, form, source }) => `${path} (${form}) :${source.line}`),
    runbooks: (found.runbooks ?? []).map(({ steps, source, ...runbook }) => ({
      ...runbook,
      line: source.line,
      steps: steps.map(({ commands, source, ...step }) => ({
        ...step,
        line: source.line,
        commands: commands.map((command) => command.text),
      })),
    })),
    objectives: (found.objectives ?? []).map(
      ({ name, comparison, value, unit, runbook }) => `${name} ${comparison} ${value} ${unit} (${runbook ?? "-"})`,
    ),
    findings: [...page.findings, ...(found.findings ?? [])]
      .filter(({ code }) => /^WB2[5-9]/.test(code))
      .map(({ code, source }) => `${code} :${source.line}`),
  };
}
