import type { BookConfig } from "../../model/config.ts";

const none: readonly never[] = Object.freeze([]);

/** What holds when a book has no watchbook.yaml. */
export const emptyConfig: BookConfig = Object.freeze({
  ignore: none,
  services: none,
  environments: none,
  targets: none,
  people: none,
  rota: none,
  calendars: none,
  channels: none,
  secrets: Object.freeze({}),
  severities: none,
  checks: none,
  rules: none,
  escalations: none,
  maintenance: none,
  duties: none,
  sessions: none,
  freezes: none,
  drills: none,
  runbooks: none,
  backups: none,
  clusters: none,
  naming: none,
  compliance: none,
  gates: none,
  suppress: none,
});
