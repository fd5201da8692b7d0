import type { ReactNode } from "react";
import type { RunRecord } from "../../../src/api/contract.ts";
import { runsOf } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Section } from "../../ui/section.tsx";
import { RunBarLinks } from "./bars.tsx";
import { lastOf, usualOf } from "./past-runs.ts";

/** Bars that a phone is wide enough for, each as wide as a finger needs it. */
const BARS = 11;

/** How long such a run takes, where one has ended well. */
export function Usual({ run }: { readonly run: RunRecord }): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  const found = usualOf(useRead((lang) => runsOf(lang, run.runbook)).data?.runs ?? [], run);
  if (found === undefined) return null;
  const { seconds, count } = found;
  return (
    <span title={format(words.usualTitle, { count })}> · {format(words.usual, { span: times.span(seconds) })}</span>
  );
}

/** How the last runs of a runbook went. */
export function Past({ runbook }: { readonly runbook: string }): ReactNode {
  const { runs: words } = useTexts();
  const past = lastOf(useRead((lang) => runsOf(lang, runbook)).data?.runs ?? [], runbook, BARS);
  if (past.length === 0) return null;
  return (
    <Section title={words.lastRuns}>
      <RunBarLinks runs={past} />
      <p className="mt-2 text-[0.85rem] text-quiet">{words.lastRunsWhat}</p>
    </Section>
  );
}
