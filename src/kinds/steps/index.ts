// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { StepKind } from "../../model/step.ts";
import { approveStep } from "./approve.ts";
import { backupAgreeStep } from "./backup-agree.ts";
import { backupBeginStep } from "./backup-begin.ts";
import { backupCopyStep } from "./backup-copy.ts";
import { backupCopyPruneStep } from "./backup-copy-prune.ts";
import { backupExamineStep } from "./backup-examine.ts";
import { backupPruneStep } from "./backup-prune.ts";
import { backupRowsStep } from "./backup-rows.ts";
import { backupSealStep } from "./backup-seal.ts";
import { backupTakeStep } from "./backup-take.ts";
import { checkStep } from "./check.ts";
import { driverStep } from "./driver.ts";
import { faultStep } from "./fault.ts";
import { fileStep } from "./file.ts";
import { functionStep } from "./function.ts";
import { gateStep } from "./gate.ts";
import { httpStep } from "./http.ts";
import { manualStep } from "./manual.ts";
import { restoreAgreeStep } from "./restore-agree.ts";
import { restoreFindStep } from "./restore-find.ts";
import { restorePartStep } from "./restore-part.ts";
import { restoreProveStep } from "./restore-prove.ts";
import { restoreStartStep } from "./restore-start.ts";
import { runbookStep } from "./runbook.ts";
import { scriptStep } from "./script.ts";
import { shellStep } from "./shell.ts";
import { sqlStep } from "./sql.ts";
import { waitStep } from "./wait.ts";

export const steps: readonly StepKind[] = [
  approveStep,
  backupAgreeStep,
  backupBeginStep,
  backupCopyStep,
  backupCopyPruneStep,
  backupExamineStep,
  backupPruneStep,
  backupRowsStep,
  backupSealStep,
  backupTakeStep,
  checkStep,
  driverStep,
  faultStep,
  fileStep,
  functionStep,
  gateStep,
  httpStep,
  manualStep,
  restoreAgreeStep,
  restoreFindStep,
  restorePartStep,
  restoreProveStep,
  restoreStartStep,
  runbookStep,
  scriptStep,
  shellStep,
  sqlStep,
  waitStep,
];
