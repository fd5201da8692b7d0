// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { TargetKind } from "../../model/target.ts";
import { composeTarget } from "./compose.ts";
import { consoleTarget } from "./console.ts";
import { kubernetesTarget } from "./kubernetes.ts";
import { localTarget } from "./local.ts";
import { sshTarget } from "./ssh.ts";
import { systemdTarget } from "./systemd.ts";

export const targets: readonly TargetKind[] = [
  composeTarget,
  consoleTarget,
  kubernetesTarget,
  localTarget,
  sshTarget,
  systemdTarget,
];
