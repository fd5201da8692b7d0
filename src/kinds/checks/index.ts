// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { CheckKind } from "../../model/check.ts";
import { clockCheck } from "./clock.ts";
import { commandCheck } from "./command.ts";
import { connectionsCheck } from "./connections.ts";
import { containerCheck } from "./container.ts";
import { cpuCheck } from "./cpu.ts";
import { diskCheck } from "./disk.ts";
import { diskGrowthCheck } from "./disk-growth.ts";
import { dnsCheck } from "./dns.ts";
import { evidenceCheck } from "./evidence.ts";
import { fileCheck } from "./file.ts";
import { forecastCheck } from "./forecast.ts";
import { heartbeatCheck } from "./heartbeat.ts";
import { httpCheck } from "./http.ts";
import { loadCheck } from "./load.ts";
import { logErrorsCheck } from "./log-errors.ts";
import { logFieldsCheck } from "./log-fields.ts";
import { machineCheck } from "./machine.ts";
import { memoryCheck } from "./memory.ts";
import { newestCheck } from "./newest.ts";
import { permissionsCheck } from "./permissions.ts";
import { pingCheck } from "./ping.ts";
import { processCheck } from "./process.ts";
import { prometheusCheck } from "./prometheus.ts";
import { redisCheck } from "./redis.ts";
import { replicationCheck } from "./replication.ts";
import { sqlCheck } from "./sql.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";
import { versionCheck } from "./version.ts";
import { watchbookCheck } from "./watchbook.ts";
import { workloadCheck } from "./workload.ts";

export const checks: readonly CheckKind[] = [
  clockCheck,
  commandCheck,
  connectionsCheck,
  containerCheck,
  cpuCheck,
  diskCheck,
  diskGrowthCheck,
  dnsCheck,
  evidenceCheck,
  fileCheck,
  forecastCheck,
  heartbeatCheck,
  httpCheck,
  loadCheck,
  logErrorsCheck,
  logFieldsCheck,
  machineCheck,
  memoryCheck,
  newestCheck,
  permissionsCheck,
  pingCheck,
  processCheck,
  prometheusCheck,
  redisCheck,
  replicationCheck,
  sqlCheck,
  tcpCheck,
  tlsCheck,
  versionCheck,
  watchbookCheck,
  workloadCheck,
];
