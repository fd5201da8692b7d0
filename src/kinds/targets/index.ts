// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { TargetKind } from "../../model/target.ts";
import { localTarget } from "./local.ts";

export const targets: readonly TargetKind[] = [localTarget];
