import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { runbooks } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { OWN } from "./owner.ts";

interface Given {
  readonly service: ServiceNow;
  /** It is the book's only one: what names none is its. */
  readonly only: boolean;
}

/** What can be run for a service. */
export function Runbooks({ service: { id }, only }: Given): ReactNode {
  const { services: words } = useTexts();
  const named = id === OWN ? null : id;
  return (
    <Section title={words.runbooks}>
      <Loaded of={useRead(runbooks)}>
        {({ runbooks: all }) => {
          const own = all.filter(({ service }) => (service ?? (only ? id : null)) === named);
          if (own.length === 0)
            return (
              <Empty say={words.runbooksNone} {...(id === OWN ? {} : { fix: format(words.runbooksFix, { id }) })} />
            );
          return (
            <ul>
              {own.map((one) => (
                <li
                  key={one.id}
                  className="flex flex-wrap items-baseline justify-between gap-x-3 border-t border-line py-1.5 first:border-0"
                >
                  <span className="min-w-0">
                    <Link to="/runs/new/$runbook" params={{ runbook: one.id }} className="font-medium">
                      {one.title}
                    </Link>{" "}
                    <Place source={one.source} />
                  </span>
                  {one.last !== null && <Badge state={one.last.state} />}
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}
