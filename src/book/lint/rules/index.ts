// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { LintRule } from "../../../model/book.ts";
import { alertNames } from "./alert-names.ts";
import { alertPeople } from "./alert-people.ts";
import { backupPromise } from "./backup-promise.ts";
import { backupSet } from "./backup-set.ts";
import { bandGap } from "./band-gap.ts";
import { calendarEnds } from "./calendar-ends.ts";
import { channelParams } from "./channel-params.ts";
import { checkParams } from "./check-params.ts";
import { crossBlockVariable } from "./cross-block-variable.ts";
import { deadLink } from "./dead-link.ts";
import { destructiveCommand } from "./destructive-command.ts";
import { documentNumber } from "./document-number.ts";
import { dutyOwner } from "./duty-owner.ts";
import { endOfLife } from "./end-of-life.ts";
import { endlessStep } from "./endless-step.ts";
import { evidencePath } from "./evidence-path.ts";
import { findRoot } from "./find-root.ts";
import { firewallLockout } from "./firewall-lockout.ts";
import { inboundSeverities } from "./inbound-severities.ts";
import { incidentSop } from "./incident-sop.ts";
import { interpreters } from "./interpreters.ts";
import { limitsIgnored } from "./limits-ignored.ts";
import { listenersNotConnections } from "./listeners-not-connections.ts";
import { logLevelBlind } from "./log-level-blind.ts";
import { misfit } from "./misfit.ts";
import { nestedCopy } from "./nested-copy.ts";
import { objectiveConflict } from "./objective-conflict.ts";
import { outright } from "./outright.ts";
import { patternExample } from "./pattern-example.ts";
import { plainPassword } from "./plain-password.ts";
import { portRange } from "./port-range.ts";
import { prohibitedCommand } from "./prohibited-command.ts";
import { prunedEarly } from "./pruned-early.ts";
import { removeBeforeCopy } from "./remove-before-copy.ts";
import { reportName } from "./report-name.ts";
import { retentionCompliance } from "./retention-compliance.ts";
import { retentionMismatch } from "./retention-mismatch.ts";
import { rotaGap } from "./rota-gap.ts";
import { rotaOverlap } from "./rota-overlap.ts";
import { rotationGap } from "./rotation-gap.ts";
import { rowConflict } from "./row-conflict.ts";
import { scaleClash } from "./scale-clash.ts";
import { secrets } from "./secrets.ts";
import { settingConflict } from "./setting-conflict.ts";
import { severityResponse } from "./severity-response.ts";
import { signedToken } from "./signed-token.ts";
import { stepParams } from "./step-params.ts";
import { undrilled } from "./undrilled.ts";
import { unfilled } from "./unfilled.ts";
import { unknownApprover } from "./unknown-approver.ts";
import { unnamedStorage } from "./unnamed-storage.ts";
import { unpinnedUpgrade } from "./unpinned-upgrade.ts";
import { unprovenProcedure } from "./unproven-procedure.ts";
import { unreachable } from "./unreachable.ts";
import { unsafeFetch } from "./unsafe-fetch.ts";
import { unscheduledScript } from "./unscheduled-script.ts";
import { unsignedApproval } from "./unsigned-approval.ts";

export const rules: readonly LintRule[] = [
  alertNames,
  alertPeople,
  backupPromise,
  backupSet,
  bandGap,
  calendarEnds,
  channelParams,
  checkParams,
  crossBlockVariable,
  deadLink,
  destructiveCommand,
  documentNumber,
  dutyOwner,
  endOfLife,
  endlessStep,
  evidencePath,
  findRoot,
  firewallLockout,
  inboundSeverities,
  incidentSop,
  interpreters,
  limitsIgnored,
  listenersNotConnections,
  logLevelBlind,
  misfit,
  nestedCopy,
  objectiveConflict,
  outright,
  patternExample,
  plainPassword,
  portRange,
  prohibitedCommand,
  prunedEarly,
  removeBeforeCopy,
  reportName,
  retentionCompliance,
  retentionMismatch,
  rotaGap,
  rotaOverlap,
  rotationGap,
  rowConflict,
  scaleClash,
  secrets,
  settingConflict,
  severityResponse,
  signedToken,
  stepParams,
  undrilled,
  unfilled,
  unknownApprover,
  unnamedStorage,
  unpinnedUpgrade,
  unprovenProcedure,
  unreachable,
  unsafeFetch,
  unscheduledScript,
  unsignedApproval,
];
