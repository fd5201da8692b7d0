import type { Command } from "../../../model/block.ts";
import type { Every } from "../../../model/every.ts";
import type { Step } from "../../../model/runbook.ts";

/** A step as the manual has it, before ids, roles and pairings. */
export interface StepDraft {
  title: string;
  line: number;
  commands: readonly Command[];
  details: string[];
  block?: number;
  phase?: string;
  banner?: string;
  cwd?: string;
  held?: string;
  /** What it is for, where its place says so and its title need not. */
  role?: Step["role"];
}

/** What stands around the steps of a procedure. */
export interface Around {
  purpose?: string;
  scenario?: string;
  symptom?: string;
  every?: Every;
  preconditions: string[];
  cwd?: string;
  /** Warning that waits for the next step. */
  banner?: string;
}

export interface Material {
  readonly steps: StepDraft[];
  readonly around: Around;
  /** Items of lists without numbers are steps too. */
  readonly items: boolean;
}

export const newMaterial = (items = false): Material => ({ steps: [], around: { preconditions: [] }, items });

/** Puts the material of a subsection behind that of its section. */
export function append(to: Material, more: Material): void {
  to.steps.push(...more.steps);
  to.around.preconditions.push(...more.around.preconditions);
  to.around.purpose ??= more.around.purpose ?? "";
  if (to.around.purpose === "") delete to.around.purpose;
}
