import assert from "node:assert/strict";
import type { Runbook } from "../../../src/model/runbook.ts";
import { runbooks } from "../../../src/book/recognise/runbooks.ts";
import { pageOf } from "./summary.ts";

/** The procedures of a page. */
export const found = (text: string, file = "manual.md"): readonly Runbook[] => runbooks.run(pageOf(file, text)).runbooks ?? [];
/** The only procedure of a page. */
export const one = (text: string): Runbook => {
  const all = found(text);
  assert.equal(all.length, 1, JSON.stringify(all.map((runbook) => runbook.title)));
  return all[0] as Runbook;
};

export const fence = (...lines: readonly string[]) => ["```bash", ...lines, "```", ""].join("\n");
/** What stands in an item of a list. */
export const inside = (text: string, blanks: number) => text.replace(/^(?=.)/gm, " ".repeat(blanks));
