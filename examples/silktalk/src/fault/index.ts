import { connections } from "./connections.ts";
import { diskFull } from "./disk-full.ts";
import { errors } from "./errors.ts";
import type { Fault } from "./fault.ts";
import { freeze } from "./freeze.ts";
import { identityLost } from "./identity-lost.ts";
import { kill } from "./kill.ts";
import { latency } from "./latency.ts";
import { logErrors } from "./log-errors.ts";
import { stop } from "./stop.ts";

/** Every fault by name. */
export const FAULTS = {
  stop,
  kill,
  freeze,
  "identity-lost": identityLost,
  connections,
  "disk-full": diskFull,
  "log-errors": logErrors,
  errors,
  latency,
} as const satisfies Record<string, Fault>;
export type FaultName = keyof typeof FAULTS;
