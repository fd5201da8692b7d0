// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { CheckKind } from "../../model/check.ts";
import { commandCheck } from "./command.ts";
import { connectionsCheck } from "./connections.ts";
import { cpuCheck } from "./cpu.ts";
import { diskCheck } from "./disk.ts";
import { diskGrowthCheck } from "./disk-growth.ts";
import { evidenceCheck } from "./evidence.ts";
import { fileCheck } from "./file.ts";
import { httpCheck } from "./http.ts";
import { logErrorsCheck } from "./log-errors.ts";
import { memoryCheck } from "./memory.ts";
import { newestCheck } from "./newest.ts";
import { processCheck } from "./process.ts";
import { prometheusCheck } from "./prometheus.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";

export const checks: readonly CheckKind[] = [
  commandCheck,
  connectionsCheck,
  cpuCheck,
  diskCheck,
  diskGrowthCheck,
  evidenceCheck,
  fileCheck,
  httpCheck,
  logErrorsCheck,
  memoryCheck,
  newestCheck,
  processCheck,
  prometheusCheck,
  tcpCheck,
  tlsCheck,
];
