import { clocksNow, pathNow } from "../../desk/incident/index.ts";
import type { Book } from "../../model/book.ts";
import type { Incident } from "../../model/incident.ts";
import type { Problem } from "../../model/problem.ts";
import { related } from "../../report/inspection/related.ts";
import type { IncidentShown } from "../contract/incident.ts";

type Offer = IncidentShown["offers"][number];

/** As many rows as this about one status tell nothing apart. */
const MOST = 2;

/** Rows of the symptom table about the status that a check got: 502, 504, 413. */
function byStatus({ alerts }: Incident, { symptoms }: Book): readonly Offer[] {
  const seen = new Set(alerts.flatMap(({ seen: one }) => one?.args["status"] ?? []).map(String));
  const rows = symptoms.filter(({ symptom }) => (symptom.match(/\d+/g) ?? []).some((number) => seen.has(number)));
  return rows.length > MOST
    ? []
    : rows.map(({ symptom: title, look, source }): Offer => ({ kind: "symptom", title, look, source }));
}

/** What the manual offers for it: the rule's runbook, rows of the symptom table, and what speaks of the same thing. */
export function offersOf(incident: Incident, book: Book): readonly Offer[] {
  const { origin, title } = incident;
  const declared = book.config.rules.find((rule) => origin.kind === "alert" && rule.id === origin.rule)?.runbook;
  const runbook = book.runbooks.find(({ id }) => id === declared);
  const row = book.symptoms.find(({ symptom }) => origin.kind === "symptom" && symptom === origin.symptom);
  const check = book.checks.find(({ id }) => origin.kind === "alert" && origin.check === id);
  const source = row?.source ?? check?.source ?? { file: "", line: 0 };
  const found = related(book)({ text: [title, check?.title ?? ""].join(" "), source });
  const near = found.map((one): Offer => {
    if (one.kind === "symptom") return { kind: "symptom", title: one.symptom, look: one.look, source: one.source };
    const id = book.runbooks.find(
      (each) => each.source.file === one.source.file && each.source.line === one.source.line,
    )?.id;
    return { kind: "runbook", title: one.title, source: one.source, ...(id !== undefined && { id }) };
  });
  const all: readonly Offer[] = [
    ...(runbook ? [{ kind: "runbook" as const, id: runbook.id, title: runbook.title, source: runbook.source }] : []),
    ...(row ? [{ kind: "symptom" as const, title: row.symptom, look: row.look, source: row.source }] : []),
    ...byStatus(incident, book),
    ...near,
  ];
  const place = ({ source: at }: Offer): string => JSON.stringify(at);
  return all.filter((one, index) => all.findIndex((other) => place(other) === place(one)) === index);
}

/** An incident as it is shown at a moment, with its clocks read then. */
export function incidentView(
  incident: Incident,
  { book, now, problems }: { readonly book: Book; readonly now: number; readonly problems: readonly Problem[] },
): IncidentShown {
  const { clocks, path, readings, word, told: _told, count: _count, entries: _entries, ...rest } = incident;
  const known = problems.find(({ id }) => id === incident.problem);
  const shown = {
    ...rest,
    since: clocks.since,
    ...(clocks.acknowledged !== undefined && { acknowledged: clocks.acknowledged }),
    ...(clocks.resolved !== undefined && { resolved: clocks.resolved }),
    clocks: clocksNow(incident, now),
    path: {
      state: pathNow(incident).state,
      checks: path,
      readings,
      ...(word && { word: { person: word.person, says: word.says, reason: word.reason, at: word.at } }),
    },
    ...(known?.workaround !== undefined && { workaround: { problem: known.id, text: known.workaround } }),
    offers: offersOf(incident, book),
  };
  // The contract's types are the model's without their readonly marks.
  return JSON.parse(JSON.stringify(shown)) as IncidentShown;
}
