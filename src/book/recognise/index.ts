import { artefacts } from "./artefacts.ts";
import { backupLists } from "./backup-lists.ts";
import { channels } from "./channels.ts";
import { deliverables } from "./deliverables.ts";
import { duties } from "./duties.ts";
import { environments } from "./environments.ts";
import { gates } from "./gates.ts";
import { namePatterns } from "./name-patterns.ts";
import { objectives } from "./objectives.ts";
import { prohibitions } from "./prohibitions.ts";
import { readingOrder } from "./reading-order.ts";
import type { Recogniser } from "./recogniser.ts";
import { requirements } from "./requirements.ts";
import { rules } from "./rules.ts";
import { runbooks } from "./runbooks.ts";
import { service } from "./service.ts";
import { severityLists } from "./severity-lists.ts";
import { tables } from "./tables.ts";

/** Recognisers of tables, lists, prose, files and procedures. The order is that of their findings, nothing else. */
export const recognisers: readonly Recogniser[] = [
  tables,
  duties,
  severityLists,
  rules,
  channels,
  backupLists,
  environments,
  service,
  objectives,
  gates,
  prohibitions,
  readingOrder,
  namePatterns,
  deliverables,
  requirements,
  artefacts,
  runbooks,
];
