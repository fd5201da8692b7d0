import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";

/** The newest run, backup and drill that are on record. */
export function Last({ service: { last } }: { readonly service: ServiceNow }): ReactNode {
  const { services: words } = useTexts();
  return (
    <Section title={words.last.title}>
      <ul>
        {(["run", "backup", "drill"] as const).map((sort) => {
          const run = last[sort];
          return (
            <li
              key={sort}
              className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 border-t border-line py-1.5 first:border-0"
            >
              <span className="text-quiet">{words.last[sort]}</span>
              {run === null ? (
                <span className="text-quiet">{words.lastNone}</span>
              ) : (
                <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  <Link to="/runs/$id" params={{ id: run.run }}>
                    {run.title}
                  </Link>
                  <Badge state={run.state} />
                  <span className="text-[0.9rem] text-quiet">
                    <Moment at={run.at} />
                  </span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
