import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { bookChanges } from "../api/changes.ts";
import { incidents, problems } from "../api/incidents.ts";
import {
  alerts,
  backups,
  checks,
  duties,
  evidences,
  manualFiles,
  recentRuns,
  runbooks,
  services,
} from "../api/queries.ts";
import { wordOf } from "../ui/word.ts";
import { usePrefs } from "./prefs.tsx";
import { useTimes } from "./times.ts";

/** Something that has an address. */
export interface Placed {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** What else it is found by, shown quietly. */
  readonly hint: string;
  readonly href: string;
}

/** Of what is on record so many are found by typing; older ones stand on their pages. */
const NEWEST = 100;
const at = encodeURIComponent;

/** What goes on and what is wrong; `over`: the newest that are not any more. */
function useTroubles(over: boolean): readonly Placed[] {
  const { texts, lang } = usePrefs();
  const { pages } = texts.shell;
  const most = over ? NEWEST : undefined;
  const fired = useQuery(alerts(lang, !over, most)).data?.alerts;
  const declared = useQuery(incidents(lang, !over, most)).data?.incidents;
  const known = useQuery(problems(lang, !over, most)).data?.problems;
  return useMemo(() => {
    // What goes on is among the newest, too.
    const shown = declared?.filter(({ state }) => !over || state === "closed") ?? [];
    const { alerts: ofAlerts, incidents: ofIncidents, problems: ofProblems } = texts;
    const said = (word: string, hint: string): string => (over ? `${word} ${hint}` : hint);
    return [
      ...(fired ?? [])
        .filter(({ ended }) => !over || ended !== undefined)
        .map(({ id, title, severity, target }) => ({
          ...{ id: `alert:${id}`, group: pages.alerts, label: `[${severity}] ${title}`, href: `/alerts/${at(id)}` },
          hint: said(ofAlerts.past, `${target} ${id}`),
        })),
      ...shown.map(({ id, title, priority }) => ({
        ...{ id: `incident:${id}`, group: pages.incidents, label: `[${priority}] ${title}` },
        ...{ hint: said(ofIncidents.past, id), href: `/incidents/${at(id)}` },
      })),
      ...shown.map(({ id, title, priority }) => ({
        ...{ id: `review:${id}`, group: pages.incidents, hint: said(ofIncidents.past, id) },
        ...{ label: `${ofIncidents.reviewName} · [${priority}] ${title}`, href: `/incidents/${at(id)}/review` },
      })),
      ...(known ?? [])
        .filter(({ state }) => !over || state === "closed")
        .map(({ id, title }) => ({
          ...{ id: `problem:${id}`, group: ofProblems.title, label: title },
          ...{ hint: said(ofProblems.past, id), href: `/incidents/problems/${at(id)}` },
        })),
    ];
  }, [over, pages, texts, fired, declared, known]);
}

/** What the book has. */
function useBook(): readonly Placed[] {
  const { texts, lang } = usePrefs();
  const { pages, palette } = texts.shell;
  const run = useQuery(services(lang)).data?.services;
  const looked = useQuery(checks(lang)).data?.checks;
  const due = useQuery(duties(lang)).data?.duties;
  const procedures = useQuery(runbooks(lang)).data?.runbooks;
  const kept = useQuery(backups(lang)).data?.backups;
  const documents = useQuery(manualFiles(lang)).data?.files;
  return useMemo(
    () => [
      ...(run ?? []).map(({ id, title }) => ({
        ...{ id: `service:${id}`, group: pages.services, label: title, hint: id, href: `/services/${at(id)}` },
      })),
      ...(procedures ?? []).map(({ id, title, number, kind }) => ({
        ...{ id: `runbook:${id}`, group: texts.runs.runbooks, label: title, hint: `${number ?? id} ${kind}` },
        href: `/runs/new/${at(id)}`,
      })),
      ...(looked ?? []).map(({ id, title, target, service }) => ({
        ...{ id: `check:${id}`, group: palette.groups.checks, label: title, hint: `${id} ${target} ${service ?? ""}` },
        href: `/services/${at(service ?? "-")}?check=${at(id)}`,
      })),
      ...(due ?? []).map(({ id, title }) => ({
        ...{ id: `duty:${id}`, group: palette.groups.duties, label: title, hint: id, href: `/duties/${at(id)}` },
      })),
      ...(kept ?? []).map(({ id, title, target }) => ({
        ...{ id: `backup:${id}`, group: pages.backups, label: title ?? id, hint: `${id} ${target}` },
        href: `/backups#set-${at(id)}`,
      })),
      ...(documents ?? []).map(({ file, title }) => ({
        ...{ id: `document:${file}`, group: pages.manual, label: title, hint: file },
        href: `/manual/file/${file.split("/").map(at).join("/")}`,
      })),
    ],
    [pages, palette, texts, run, procedures, looked, due, kept, documents],
  );
}

/** What was done, newest first. */
function useRecord(): readonly Placed[] {
  const { texts, lang } = usePrefs();
  const { pages } = texts.shell;
  const times = useTimes();
  const runs = useQuery(recentRuns(lang, NEWEST)).data?.runs;
  const revisions = useQuery(bookChanges(lang)).data?.changes;
  const proofs = useQuery(evidences(lang, undefined, NEWEST)).data?.evidence;
  return useMemo(
    () => [
      ...(runs ?? []).map(({ id, title, environment, state, created }) => ({
        ...{ id: `run:${id}`, group: pages.runs, label: `${title} · ${environment}` },
        hint: `${times.at(created)} ${wordOf(texts.states, state)} ${id}`,
        href: `/runs/${at(id)}`,
      })),
      ...(revisions ?? []).map(({ id, title, at: when, book }) => ({
        ...{ id: `change:${id}`, group: pages.changes, label: title },
        hint: `${times.at(when)} ${book?.commit?.slice(0, 12) ?? ""} ${id}`,
        href: `/changes/${at(id)}`,
      })),
      ...(proofs ?? []).map(({ id, says }) => ({
        ...{ id: `evidence:${id}`, group: pages.evidence, label: says?.title ?? id, hint: id },
        href: `/evidence/${at(id)}`,
      })),
    ],
    [pages, times, texts, runs, revisions, proofs],
  );
}

/** Everything that has an address: what is wrong, what the book has, what is on record. */
export function useObjects(): readonly Placed[] {
  const [going, book, record, over] = [useTroubles(false), useBook(), useRecord(), useTroubles(true)];
  return useMemo(() => [...going, ...book, ...record, ...over], [going, book, record, over]);
}
