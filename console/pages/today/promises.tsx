import type { ReactNode } from "react";
import { findings } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";

import { Undrilled } from "./undrilled.tsx";

const LEVELS = ["error", "warn", "note"];
const MOST = 5;

/** What the manual says and nobody has proven, worst first. */
export function Promises(): ReactNode {
  const { today, manual } = useTexts();
  const now = useRead(findings);
  return (
    <Section title={today.promises} aside={now.data?.findings.length}>
      <Undrilled />
      <Loaded of={now}>
        {({ findings: all }) => {
          const worst = all.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)).slice(0, MOST);
          if (worst.length === 0) return <Empty say={today.promisesNone} />;
          return (
            <>
              <ul>
                {worst.map((one) => (
                  <li
                    key={`${one.code} ${one.file}:${one.line} ${one.say}`}
                    className="grid grid-cols-[minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line py-2 first:border-0 first:pt-0 sm:grid-cols-[6.5rem_minmax(0,1fr)]"
                  >
                    <div>
                      <Badge state={one.level} word={manual.levels[one.level]} />
                    </div>
                    <div>
                      <p>{one.say}</p>
                      <p className="text-[0.9rem] text-quiet">{one.fix}</p>
                      <Place source={one} /> <code className="text-quiet">{one.code}</code>
                    </div>
                  </li>
                ))}
              </ul>
              {all.length > MOST && (
                <p className="pt-2 text-quiet">{format(today.promisesMore, { count: all.length })}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
