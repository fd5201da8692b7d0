import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { PUBLISH, retractDeed, type Deed } from "./deeds.ts";

interface Given {
  readonly incident: IncidentShown;
  /** The book wants a status page. */
  readonly page: boolean;
  readonly onDeed: (deed: Deed) => void;
}

/** What everybody reads of it, newest first; taken back it stays here with the reason. */
export function Public({ incident: { published, simulated }, page, onDeed }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const link = (
    <a href="/status" target="_blank" rel="noreferrer">
      {words.statusPage}
    </a>
  );
  return (
    <Section title={words.public} aside={page && link}>
      {!page && <Empty say={words.noPage} fix={words.noPageFix} />}
      {page && simulated && <p className="text-quiet">{words.drillPage}</p>}
      {page && published.length === 0 && <p className="text-quiet">{words.noPublic}</p>}
      <ol>
        {published
          .map((one, at) => ({ ...one, update: at + 1 }))
          .toReversed()
          .map(({ update, at, by, state, text, retracted }) => (
            <li
              key={update}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-t border-line py-2"
            >
              <div className="min-w-0 flex-1 basis-60">
                <p className="flex flex-wrap items-center gap-x-2 text-[0.9rem] text-quiet">
                  <Badge state={state === "resolved" ? "over" : "note"} word={words.publicStates[state]} />
                  <Moment at={at} /> · {by}
                </p>
                <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">
                  {retracted === undefined ? text : <del className="text-quiet">{text}</del>}
                </p>
                {retracted !== undefined && <p className="text-quiet">{format(words.retracted, retracted)}</p>}
              </div>
              {retracted === undefined && (
                <Button aria-label={`${words.act.retract}: ${text}`} onClick={() => onDeed(retractDeed(update))}>
                  {words.act.retract}
                </Button>
              )}
            </li>
          ))}
      </ol>
      {page && (
        <p className="mt-2">
          <Button onClick={() => onDeed(PUBLISH)}>{words.act.publish}</Button>
        </p>
      )}
    </Section>
  );
}
