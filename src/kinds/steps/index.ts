// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { StepKind } from "../../model/step.ts";
import { approveStep } from "./approve.ts";
import { checkStep } from "./check.ts";
import { driverStep } from "./driver.ts";
import { faultStep } from "./fault.ts";
import { fileStep } from "./file.ts";
import { functionStep } from "./function.ts";
import { gateStep } from "./gate.ts";
import { httpStep } from "./http.ts";
import { manualStep } from "./manual.ts";
import { runbookStep } from "./runbook.ts";
import { scriptStep } from "./script.ts";
import { shellStep } from "./shell.ts";
import { sqlStep } from "./sql.ts";
import { waitStep } from "./wait.ts";

export const steps: readonly StepKind[] = [
  approveStep,
  checkStep,
  driverStep,
  faultStep,
  fileStep,
  functionStep,
  gateStep,
  httpStep,
  manualStep,
  runbookStep,
  scriptStep,
  shellStep,
  sqlStep,
  waitStep,
];
