import { useState, type ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { byFilter, FILTERS, type Filter } from "./filters.ts";

type Entry = IncidentShown["timeline"][number];

/** What happened, newest first; what is pinned above it all. */
export function Timeline({ incident }: { readonly incident: IncidentShown }): ReactNode {
  const { incidents: words } = useTexts();
  const [filter, setFilter] = useState<Filter>("all");
  const acting = useAct("incidents");
  const { id, left, timeline } = incident;
  const shown = byFilter(timeline, filter);
  return (
    <Section
      title={words.timeline}
      aside={
        <div role="group" aria-label={words.filters.label} className="flex flex-wrap gap-1">
          {FILTERS.map((one) => (
            <Button
              key={one}
              look={one === filter ? "plain" : "bare"}
              aria-pressed={one === filter}
              onClick={() => setFilter(one)}
            >
              {words.filters[one]}
            </Button>
          ))}
        </div>
      }
    >
      {acting.error !== null && <Refusal error={acting.error} />}
      {shown.length === 0 && <Empty say={words.emptyTimeline} />}
      <ol>
        {shown.map((entry) => (
          <Line
            key={entry.id}
            entry={entry}
            busy={acting.isPending}
            onPin={(to) => {
              const path = `/api/v1/incidents/${encodeURIComponent(id)}/actions`;
              acting.mutate({ path, body: { do: to, entry: entry.id } });
            }}
          />
        ))}
      </ol>
      {left !== undefined && <p className="mt-1 text-quiet">{format(words.left, { count: left })}</p>}
    </Section>
  );
}

interface Given {
  readonly entry: Entry;
  readonly busy: boolean;
  readonly onPin: (to: "pin" | "unpin") => void;
}

function Line({ entry, busy, onPin }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const { at, by, say = "", pinned, hidden, edits = [] } = entry;
  const last = edits.at(-1);
  const to = pinned ? "unpin" : "pin";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 border-t border-line py-1.5 first:border-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-[0.9rem] text-quiet">
          <Moment at={at} /> · {by ?? words.self}
          {last !== undefined && ` · ${format(words.edited, { by: last.by })}`}{" "}
          {pinned && <Badge state="acked" word={words.pinned} />}
        </p>
        <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">
          {hidden === undefined ? say : <span className="text-quiet">{format(words.hidden, hidden)}</span>}
        </p>
      </div>
      <Button
        look="bare"
        disabled={busy}
        aria-label={format(words.pinOf, { what: words[to], say })}
        onClick={() => onPin(to)}
      >
        {words[to]}
      </Button>
    </li>
  );
}
