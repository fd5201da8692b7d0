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
import { backupWatchStep } from "./backup-watch.ts";
import { backupWindowStep } from "./backup-window.ts";
import { checkStep } from "./check.ts";
import { clusterBackStep } from "./cluster-back.ts";
import { clusterCountStep } from "./cluster-count.ts";
import { clusterDemoteStep } from "./cluster-demote.ts";
import { clusterFaultStep } from "./cluster-fault.ts";
import { clusterFenceStep } from "./cluster-fence.ts";
import { clusterFollowsStep } from "./cluster-follows.ts";
import { clusterJoinStep } from "./cluster-join.ts";
import { clusterLagStep } from "./cluster-lag.ts";
import { clusterLoadStep } from "./cluster-load.ts";
import { clusterLookStep } from "./cluster-look.ts";
import { clusterPinStep } from "./cluster-pin.ts";
import { clusterPromoteStep } from "./cluster-promote.ts";
import { clusterRecoveredStep } from "./cluster-recovered.ts";
import { clusterRefusesStep } from "./cluster-refuses.ts";
import { clusterWritesStep } from "./cluster-writes.ts";
import { detectStep } from "./detect.ts";
import { driverStep } from "./driver.ts";
import { faultStep } from "./fault.ts";
import { fileStep } from "./file.ts";
import { functionStep } from "./function.ts";
import { gateStep } from "./gate.ts";
import { httpStep } from "./http.ts";
import { manualStep } from "./manual.ts";
import { restoreAgreeStep } from "./restore-agree.ts";
import { restoreDoneStep } from "./restore-done.ts";
import { restoreFetchStep } from "./restore-fetch.ts";
import { restoreFindStep } from "./restore-find.ts";
import { restoreLeaveStep } from "./restore-leave.ts";
import { restorePartStep } from "./restore-part.ts";
import { restoreProveStep } from "./restore-prove.ts";
import { restoreReadyStep } from "./restore-ready.ts";
import { restoreStartStep } from "./restore-start.ts";
import { restoreSwapStep } from "./restore-swap.ts";
import { runbookStep } from "./runbook.ts";
import { scriptStep } from "./script.ts";
import { shellStep } from "./shell.ts";
import { sqlStep } from "./sql.ts";
import { steadyStep } from "./steady.ts";
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
  backupWatchStep,
  backupWindowStep,
  checkStep,
  clusterBackStep,
  clusterCountStep,
  clusterDemoteStep,
  clusterFaultStep,
  clusterFenceStep,
  clusterFollowsStep,
  clusterJoinStep,
  clusterLagStep,
  clusterLoadStep,
  clusterLookStep,
  clusterPinStep,
  clusterPromoteStep,
  clusterRecoveredStep,
  clusterRefusesStep,
  clusterWritesStep,
  detectStep,
  driverStep,
  faultStep,
  fileStep,
  functionStep,
  gateStep,
  httpStep,
  manualStep,
  restoreAgreeStep,
  restoreDoneStep,
  restoreFetchStep,
  restoreFindStep,
  restoreLeaveStep,
  restorePartStep,
  restoreProveStep,
  restoreReadyStep,
  restoreStartStep,
  restoreSwapStep,
  runbookStep,
  scriptStep,
  shellStep,
  sqlStep,
  steadyStep,
  waitStep,
];
