import type { Statements } from "../../model/book.ts";
import type { Found, Page } from "../recognise/recogniser.ts";
import { unique } from "./unique.ts";

type Lists = { -readonly [K in keyof Statements]: Statements[K][number][] };

const none = (): Lists => ({
  blocks: [],
  artefacts: [],
  tables: [],
  duties: [],
  runbooks: [],
  objectives: [],
  thresholds: [],
  severities: [],
  rules: [],
  backups: [],
  logs: [],
  contacts: [],
  permissions: [],
  symptoms: [],
  history: [],
  environments: [],
  services: [],
  gates: [],
  prohibitions: [],
  readingOrder: [],
  namePatterns: [],
  channels: [],
  deliverables: [],
  requirements: [],
});

/** Lists that are joined as they are. */
const copied: ReadonlySet<string> = new Set(
  Object.keys(none()).filter((key) => key !== "blocks" && key !== "artefacts" && key !== "runbooks"),
);

/** A page and what the recognisers found on it. */
export interface PageFound {
  readonly page: Page;
  readonly found: readonly Found[];
}

/**
 * Runbook ids are unique in their page; across the book a later page's runbook gets a number. What its page refers to by
 * that id goes with it.
 */
export function uniqueRunbooks(pages: readonly PageFound[]): readonly PageFound[] {
  const free = unique();
  return pages.map(({ page, found }) => {
    const renamed = new Map<string, string>();
    for (const { id } of found.flatMap((each) => each.runbooks ?? [])) renamed.set(id, free(id));
    const now = (id: string): string => renamed.get(id) ?? id;
    if ([...renamed].every(([id, name]) => id === name)) return { page, found };
    return { page, found: found.map((each) => withIds(each, now)) };
  });
}

const withIds = (found: Found, now: (id: string) => string): Found => ({
  ...found,
  ...(found.runbooks && {
    runbooks: found.runbooks.map((runbook) => ({
      ...runbook,
      id: now(runbook.id),
      ...(runbook.rollback === undefined ? {} : { rollback: now(runbook.rollback) }),
    })),
  }),
  ...(found.objectives && {
    objectives: found.objectives.map((objective) =>
      objective.runbook === undefined ? objective : { ...objective, runbook: now(objective.runbook) },
    ),
  }),
});

/** Joins what every page says, in the order of the pages; indexes of blocks are shifted to the joined list. */
export function collect(pages: readonly PageFound[]): Lists {
  const all = none();
  for (const { page, found } of pages) {
    const shift = all.blocks.length;
    for (const block of page.blocks) all.blocks.push(block);
    for (const each of found) {
      for (const artefact of each.artefacts ?? []) all.artefacts.push({ ...artefact, block: artefact.block + shift });
      for (const runbook of each.runbooks ?? [])
        all.runbooks.push({ ...runbook, steps: runbook.steps.map(shifted(shift)) });
      for (const key in each) if (copied.has(key)) append(all[key as keyof Lists], each[key as keyof Found] ?? []);
    }
  }
  return all;
}

function append(to: unknown[], more: readonly unknown[]): void {
  for (let at = 0; at < more.length; at++) to.push(more[at]);
}

const shifted =
  (shift: number) =>
  <T extends { readonly block?: number }>(step: T): T =>
    step.block === undefined ? step : { ...step, block: step.block + shift };
