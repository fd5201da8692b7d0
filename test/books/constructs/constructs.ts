/**
 * Every construct that a manual may have, and where in a golden file its model must stand. Each has four golden pairs,
 * CONSTRUCT.LANG.QUALITY.md and .json, with CONSTRUCT.LANG.QUALITY.yaml as watchbook.yaml where it needs one.
 */
export const CONSTRUCTS: Readonly<Record<string, string>> = {
  "document-kind": "documents",
  "document-data": "documents",
  services: "services",
  environments: "environments",
  "duty-checklist": "duties",
  "inspection-steps": "duties",
  thresholds: "thresholds",
  "units-missing": "thresholds",
  "alert-rules": "rules",
  channels: "channels",
  "severity-table": "severities",
  "severity-list": "severities",
  sla: "severities",
  "backup-policy": "backups",
  "log-table": "logs",
  contacts: "contacts",
  permissions: "permissions",
  symptoms: "symptoms",
  "change-history": "history",
  "sop-phases": "runbooks",
  "sop-leads": "runbooks",
  "list-steps": "runbooks",
  "comment-steps": "runbooks",
  "alert-runbook": "runbooks",
  verify: "runbooks",
  rollback: "runbooks",
  banners: "runbooks",
  "objective-table": "objectives",
  "objective-prose": "objectives",
  "objective-flags": "objectives",
  "change-gates": "gates",
  prohibitions: "prohibitions",
  "reading-order": "readingOrder",
  deliverables: "deliverables",
  "file-artefacts": "artefacts",
  transcripts: "blocks",
  "cheat-sheets": "blocks",
  "never-ending": "blocks",
  interactive: "blocks",
  placeholders: "blocks",
  links: "documents",
  "name-patterns": "namePatterns",
  "block-states": "blocks",
  "level-0": "checks",
  "level-1": "documents",
  "level-2": "thresholds",
  "runme-keys": "blocks",
  "watchbook-yaml": "checks",
};

export const LANGS = ["en", "zh"] as const;
export const QUALITIES = ["good", "bad"] as const;

/** Names of all cells of the table. */
export const CELLS: readonly string[] = Object.keys(CONSTRUCTS).flatMap((construct) =>
  LANGS.flatMap((lang) => QUALITIES.map((quality) => `${construct}.${lang}.${quality}`)),
);
