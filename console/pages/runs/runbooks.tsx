import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { RunbookListed, RunRecord } from "../../../src/api/contract.ts";
import { runbooks, runs } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { RunBars } from "./bars.tsx";
import { lastOf } from "./past-runs.ts";

const MOST = 12;
const BARS = 30;

/** What can be run; each leads to its plan. */
export function Runbooks(): ReactNode {
  const { runs: words, shell } = useTexts();
  const [wanted, want] = useState("");
  const [all, setAll] = useState(false);
  const past = useRead(runs).data?.runs ?? [];
  return (
    <Loaded of={useRead(runbooks)}>
      {({ runbooks: found }) => {
        const fit = found.filter(({ id, title, number, kind }) =>
          `${id} ${title} ${number ?? ""} ${kind}`.toLowerCase().includes(wanted.trim().toLowerCase()),
        );
        const shown = all ? fit : fit.slice(0, MOST);
        return (
          <Section title={words.runbooks} aside={found.length}>
            {found.length === 0 && <Empty say={words.runbooksNone} fix={words.runbooksFix} />}
            {found.length > MOST && (
              <Field label={words.filter} type="search" value={wanted} onChange={({ target }) => want(target.value)} />
            )}
            {found.length > 0 && fit.length === 0 && <Empty say={words.filterNone} />}
            <ul>
              {shown.map((runbook) => (
                <Row key={runbook.id} runbook={runbook} past={lastOf(past, runbook.id, BARS)} />
              ))}
            </ul>
            {fit.length > MOST && (
              <Button look="bare" onClick={() => setAll(!all)}>
                {all ? shell.less : format(shell.more, { count: fit.length })}
              </Button>
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}

interface Given {
  readonly runbook: RunbookListed;
  readonly past: readonly RunRecord[];
}

function Row({ runbook: { id, title, number, source, steps, last }, past }: Given): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-2 first:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <Link data-row to="/runs/new/$runbook" params={{ runbook: id }} className="font-medium">
          {number !== null && !title.startsWith(number) ? `${number} ${title}` : title}
        </Link>
        <p className="text-[0.9rem] text-quiet">
          {format(words.count, { count: steps })} · <Place source={source} /> ·{" "}
          {last === null ? words.never : format(words.lastRun, { at: times.at(last.at) })}
        </p>
      </div>
      <span className="flex items-center gap-3">
        <RunBars runs={past} />
        {last !== null && <Badge state={last.state} />}
      </span>
    </li>
  );
}
