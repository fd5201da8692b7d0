import type { Book } from "../model/book.ts";
import type { IndexEntry } from "../model/coverage.ts";

/**
 * Everything an operator may look for, with its place: runbooks, symptoms, duties, checks, files the manual carries, then
 * plain sections. A section that is already listed as a runbook or duty is not listed again.
 */
export function indexOf(book: Book): readonly IndexEntry[] {
  const entries: IndexEntry[] = [
    ...book.runbooks.map(({ title, number, symptom, scenario, purpose, steps, source }) =>
      entry("runbook", title, source, [
        number,
        symptom,
        scenario,
        purpose,
        ...steps.flatMap((step) => [step.title, ...programsOf(step)]),
      ]),
    ),
    ...book.symptoms.map(({ symptom, look, cause, action, source }) =>
      entry("symptom", symptom, source, [look, cause, action]),
    ),
    ...book.duties.map(({ title, id, every, items, source }) =>
      entry("duty", title, source, [id, every, ...items.map((item) => item.text)]),
    ),
    ...book.checks.map(({ title, id, kind, source }) => entry("check", title, source, [id, kind])),
    ...book.artefacts.map(({ path, form, source }) => entry("artefact", path, source, [form])),
  ];
  const listed = new Set(entries.map(({ source }) => `${source.file}\0${source.line}`));
  for (const { sections } of book.documents)
    for (const { title, path, source } of sections)
      if (!listed.has(`${source.file}\0${source.line}`))
        entries.push(entry("section", title, source, path.slice(0, -1)));
  return entries;
}

const programsOf = (step: Book["runbooks"][number]["steps"][number]): readonly string[] =>
  step.commands.flatMap((command) => command.programs);

const entry = (
  kind: IndexEntry["kind"],
  title: string,
  source: IndexEntry["source"],
  words: readonly (string | undefined)[],
): IndexEntry => ({
  kind,
  title,
  words: [...new Set(words.filter((word) => word !== undefined && word !== ""))].join(" "),
  source,
});
