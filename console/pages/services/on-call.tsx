import type { ReactNode } from "react";
import { rotas } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";

/** Whom to ask now. */
export function OnCall(): ReactNode {
  const { services: words } = useTexts();
  const times = useTimes();
  return (
    <Section title={words.onCall}>
      <Loaded of={useRead(rotas)}>
        {({ rotas: all }) => (
          <>
            {all.every(({ who }) => who.length === 0) && <Empty say={words.onCallNone} />}
            <ul>
              {all
                .filter(({ who }) => who.length > 0)
                .map(({ rota, title, who, until }) => (
                  <li key={rota} className="py-1">
                    <span className="font-medium">{who.map(({ name }) => name).join(", ")}</span>{" "}
                    <span className="text-[0.9rem] text-quiet">
                      {[
                        title,
                        ...who.flatMap(({ contact }) => contact ?? []),
                        ...(until === null ? [] : [format(words.until, { at: times.at(until) })]),
                      ].join(" · ")}
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
