import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { duties } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { NotFound } from "../../app/not-found.tsx";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { Title } from "../../ui/title.tsx";
import { Doing } from "./doing.tsx";
import { History } from "./history.tsx";

/** One duty: do it, answer what only a person can say, what it looks at, how it went before. */
export function DutyPage(): ReactNode {
  const { duties: words } = useTexts();
  const { id = "" } = useParams({ strict: false });
  return (
    <Loaded of={useRead(duties)}>
      {({ duties: all }) => {
        const duty = all.find((one) => one.id === id);
        if (duty === undefined) return <NotFound />;
        return (
          <>
            <Title aside={<Badge state={duty.state} />}>{duty.title}</Title>
            <Doing duty={duty} />
            <Section title={words.items} aside={<Sentence source={duty.source} />}>
              <ul>
                {duty.items.map((item) => (
                  <li key={item.id} className="border-t border-line py-2 first:border-0 first:pt-0">
                    <p>{item.text}</p>
                    <p className="text-[0.88rem] text-quiet">
                      {item.checks.length > 0
                        ? format(words.machine, { checks: item.checks.join(", ") })
                        : words.person}{" "}
                      · <Place source={item.source} />
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
            <History duty={duty.id} />
          </>
        );
      }}
    </Loaded>
  );
}
