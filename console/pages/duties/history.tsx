import type { ReactNode } from "react";
import { inspections } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";

const SHOWN = 20;

/** How a duty went before, newest first. */
export function History({ duty }: { readonly duty: string }): ReactNode {
  const { texts, lang } = usePrefs();
  const words = texts.duties;
  return (
    <Section title={words.history}>
      <Loaded of={useRead((one) => inspections(one, duty, SHOWN))}>
        {({ inspections: all }) => (
          <>
            {all.length === 0 && <Empty say={words.historyNone} />}
            <ul>
              {all.map(({ id, period, ended, verdict, by }) => (
                <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1">
                  <Badge state={verdict} />
                  <a data-row href={`/reports/${encodeURIComponent(id)}?lang=${lang}`}>
                    {period}
                  </a>
                  <span className="text-quiet">
                    <Moment at={ended} /> · {by}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Section>
  );
}
