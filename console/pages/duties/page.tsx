import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { duties } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Grid } from "./grid.tsx";

/** What is due by calendar: how it stands, and what became of it, day by day. */
export function DutiesPage(): ReactNode {
  const { duties: words } = useTexts();
  const times = useTimes();
  return (
    <>
      <Title>{words.title}</Title>
      <Loaded of={useRead(duties)}>
        {({ duties: all }) => (
          <>
            <Grid duties={all} />
            <Section title={words.duty} aside={all.length}>
              {all.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
              <ul>
                {all.map((duty) => (
                  <li key={duty.id} className="border-t border-line py-2.5 first:border-0 first:pt-0">
                    <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                      <Link data-row to="/duties/$id" params={{ id: duty.id }} className="font-medium">
                        {duty.title}
                      </Link>
                      <Badge state={duty.state} />
                    </div>
                    <p className="text-[0.9rem] text-quiet">
                      {duty.next[0] === undefined ? words.onDemand : format(words.next, { at: times.at(duty.next[0]) })}
                      {" · "}
                      {duty.last === null
                        ? words.never
                        : format(words.last, { period: duty.last.period, by: duty.last.by })}
                      {duty.owner !== null && ` · ${format(words.owner, { who: duty.owner })}`} ·{" "}
                      <Place source={duty.source} />
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
    </>
  );
}
