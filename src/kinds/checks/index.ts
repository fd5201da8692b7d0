// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { CheckKind } from "../../model/check.ts";
import { clockCheck } from "./clock.ts";
import { commandCheck } from "./command.ts";
import { connectionsCheck } from "./connections.ts";
import { cpuCheck } from "./cpu.ts";
import { diskCheck } from "./disk.ts";
import { diskGrowthCheck } from "./disk-growth.ts";
import { dnsCheck } from "./dns.ts";
import { evidenceCheck } from "./evidence.ts";
import { fileCheck } from "./file.ts";
import { httpCheck } from "./http.ts";
import { loadCheck } from "./load.ts";
import { logErrorsCheck } from "./log-errors.ts";
import { memoryCheck } from "./memory.ts";
import { newestCheck } from "./newest.ts";
import { pingCheck } from "./ping.ts";
import { processCheck } from "./process.ts";
import { prometheusCheck } from "./prometheus.ts";
import { replicationCheck } from "./replication.ts";
import { sqlCheck } from "./sql.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";
import { versionCheck } from "./version.ts";
import { workloadCheck } from "./workload.ts";

export const checks: readonly CheckKind[] = [
  clockCheck,
  commandCheck,
  connectionsCheck,
  cpuCheck,
  diskCheck,
  diskGrowthCheck,
  dnsCheck,
  evidenceCheck,
  fileCheck,
  httpCheck,
  loadCheck,
  logErrorsCheck,
  memoryCheck,
  newestCheck,
  pingCheck,
  processCheck,
  prometheusCheck,
  replicationCheck,
  sqlCheck,
  tcpCheck,
  tlsCheck,
  versionCheck,
  workloadCheck,
];
