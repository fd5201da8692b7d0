// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { FaultKind } from "../../model/fault.ts";
import { badImageFault } from "./bad-image.ts";
import { clockFault } from "./clock.ts";
import { cutFault } from "./cut.ts";
import { diskFullFault } from "./disk-full.ts";
import { expiredCertificateFault } from "./expired-certificate.ts";
import { killFault } from "./kill.ts";
import { latencyFault } from "./latency.ts";
import { refuseFault } from "./refuse.ts";
import { stopFault } from "./stop.ts";

export const faults: readonly FaultKind[] = [
  badImageFault,
  clockFault,
  cutFault,
  diskFullFault,
  expiredCertificateFault,
  killFault,
  latencyFault,
  refuseFault,
  stopFault,
];
