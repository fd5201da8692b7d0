import { existsSync, readFileSync } from "node:fs";
import { compileBook } from "../../../src/book/compile/compile.ts";
import { endlessStep } from "../../../src/book/lint/rules/endless-step.ts";
import type { Book } from "../../../src/model/book.ts";
import type { Finding } from "../../../src/model/finding.ts";
import type { Source } from "../../../src/model/source.ts";
import { treeOf } from "../../kit/tree.ts";

const CONTEXT = { today: "2026-11-20", proofs: new Map<string, string>(), texts: new Map<string, string>() };

export type Golden = Readonly<Record<string, readonly unknown[]>>;

/** What the manual of a cell becomes: every list of the book that holds something, sources as lines. */
export async function modelOf(name: string): Promise<Golden> {
  const at = (end: string) => new URL(`${name}${end}`, import.meta.url);
  const text = readFileSync(at(".md"), "utf8");
  const [file = "page.md", ...others] = /^<!-- files: (.+) -->/.exec(text)?.[1]?.split(", ") ?? [];
  const beside = Object.fromEntries(others.map((other) => [other, "# Other\n"]));
  const yaml = existsSync(at(".yaml")) ? { "watchbook.yaml": readFileSync(at(".yaml"), "utf8") } : {};
  const book = await compileBook(treeOf({ [file]: text, ...beside, ...yaml }), { zone: "UTC" });
  const lists = Object.entries(viewOf(book, await endlessStep.run(book, CONTEXT))).filter(([, list]) => list.length > 0);
  return JSON.parse(JSON.stringify(Object.fromEntries(lists), (key, value) => plain(key, value))) as Golden;
}

/** Sources as lines, those of watchbook.yaml marked; what a list does not say is left out. */
function plain(key: string, value: unknown): unknown {
  if (key === "source") return ((value as Source).file === "watchbook.yaml" ? "yaml:" : "") + (value as Source).line;
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

const viewOf = (book: Book, endless: readonly Finding[]): Readonly<Record<string, readonly unknown[]>> => ({
  documents: book.documents.filter((document) => document.title !== "Other").map(({ file, title, kind, status, owner, service, baseline, updated, ...rest }) => ({
    ...{ file, title, kind, status, owner, service, baseline, updated },
    data: rest.data.map(({ key, value }) => `${key}: ${value}`),
    signatures: rest.signatures.map(({ role, signed }) => `${role}: ${signed ? "signed" : "empty"}`),
    links: rest.links.map(({ href, state, target }) => `${href} ${state}${target === undefined ? "" : ` ${target}`}`),
    sections: rest.sections.flatMap(({ title: section, status: own }) => (own ? [`${section}: ${own}`] : [])),
  })),
  blocks: book.blocks.map(({ source, state, kind, rule, risk, commands, candidates, expected }) => ({
    ...{ source, state, kind, rule, risk },
    commands: commands.map((command) => `${command.risk}: ${command.text}`),
    candidates: candidates.map((candidate) => candidate.kind),
    placeholders: commands.flatMap((command) => command.placeholders.map((each) => `${each.kind}: ${each.text}`)),
    expected,
  })),
  artefacts: book.artefacts.map(({ path, form, source }) => ({ path, form, source })),
  tables: book.tables,
  runbooks: book.runbooks.map(({ steps, ...runbook }) => ({
    ...runbook,
    steps: steps.map(({ commands, ...step }) => ({ ...step, commands: commands.map(({ text }) => text) })),
  })),
  duties: book.duties.map(({ id, title, source, kind, every, items, report, owner, at }) => ({
    ...{ id, title, source, kind, every, report, owner, at },
    items: items.map((item) => ({ text: item.text, source: item.source, checks: item.checks, needs: item.needs })),
  })),
  ...rest(book),
  checks: book.checks,
  findings: [...book.findings, ...endless].map(({ code, level, source, args }) => ({ code, level, source, args })),
});

const rest = ({ objectives, thresholds, severities, rules, backups, logs, ...book }: Book) => ({
  ...{ objectives, thresholds, severities, rules, backups, logs },
  ...{ contacts: book.contacts, permissions: book.permissions, symptoms: book.symptoms, history: book.history },
  ...{ environments: book.environments, services: book.services, gates: book.gates },
  ...{ prohibitions: book.prohibitions, readingOrder: book.readingOrder, namePatterns: book.namePatterns },
  ...{ channels: book.channels, deliverables: book.deliverables, requirements: book.requirements },
});

/** One object a line: a difference is read line by line. */
export function print(golden: Golden): string {
  const lists = Object.entries(golden).map(
    ([key, list]) =>
      `  ${JSON.stringify(key)}: [\n${list.map((each) => `    ${JSON.stringify(each)}`).join(",\n")}\n  ]`,
  );
  return `{\n${lists.join(",\n")}\n}\n`;
}
