import type { Block } from "../../model/block.ts";
import type { Book } from "../../model/book.ts";
import type { Duty } from "../../model/duty.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lang } from "../../model/lang.ts";
import type { Runbook } from "../../model/runbook.ts";
import { BLOCK_STATES } from "../../model/states.ts";
import { sayFinding } from "../../i18n/texts.ts";
import { flat, flatAll } from "./flat.ts";

const blockOf = ({ source, lang, state, kind, rule, risk, candidates }: Block) => ({
  ...source,
  lang,
  state,
  kind,
  rule,
  ...(risk === undefined ? {} : { risk }),
  ...(candidates.length === 0 ? {} : { candidates }),
});

const dutyOf = (duty: Duty) => ({ ...flat(duty), items: flatAll(duty.items) });

const runbookOf = (runbook: Runbook) => ({
  ...flat(runbook),
  steps: runbook.steps.map(({ source, commands, ...step }) => ({
    ...step,
    ...source,
    commands: commands.map(({ line, text, risk, sudo, flags, mode }) => ({
      line,
      text,
      risk,
      sudo,
      flags,
      ...(mode === undefined ? {} : { mode }),
    })),
  })),
});

/** `lint --format json`: the whole model, flat, with file paths relative to the given path and lines from 1. */
export function lintJson(book: Book, findings: readonly Finding[], lang: Lang, cpuMs: number): Record<string, unknown> {
  const byState = Object.fromEntries(
    BLOCK_STATES.map((state) => [state, book.blocks.filter((block) => block.state === state).length]),
  );
  return {
    digest: book.digest,
    files: book.documents.map((document) => document.file),
    cpuMs,
    counts: {
      sections: book.documents.reduce((sum, document) => sum + document.sections.length, 0),
      blocks: book.blocks.length,
      byState,
    },
    documents: book.documents.map(({ sections: _sections, links: _links, ...document }) => document),
    blocks: book.blocks.map(blockOf),
    artefacts: flatAll(book.artefacts).map(({ content: _content, ...artefact }) => artefact),
    tables: flatAll(book.tables),
    duties: book.duties.map(dutyOf),
    runbooks: book.runbooks.map(runbookOf),
    objectives: flatAll(book.objectives),
    thresholds: flatAll(book.thresholds),
    severities: flatAll(book.severities),
    rules: flatAll(book.rules),
    backups: flatAll(book.backups),
    logs: flatAll(book.logs),
    contacts: flatAll(book.contacts),
    permissions: flatAll(book.permissions),
    symptoms: flatAll(book.symptoms),
    history: flatAll(book.history),
    environments: flatAll(book.environments),
    services: flatAll(book.services),
    gates: flatAll(book.gates),
    prohibitions: flatAll(book.prohibitions),
    readingOrder: flatAll(book.readingOrder),
    namePatterns: flatAll(book.namePatterns),
    channels: flatAll(book.channels),
    deliverables: flatAll(book.deliverables),
    requirements: flatAll(book.requirements),
    checks: flatAll(book.checks),
    findings: findings.map((finding) => ({
      code: finding.code,
      level: finding.level,
      ...finding.source,
      ...sayFinding(finding, lang),
    })),
  };
}
