import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ProblemPage } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { STATE } from "../incidents/looks.ts";

/** Incidents that it has been, newest first. */
export function Joined({ problem: { joined } }: { readonly problem: ProblemPage }): ReactNode {
  const { problems: words, incidents } = useTexts();
  const times = useTimes();
  return (
    <Section title={words.incidents} aside={joined.length}>
      {joined.length === 0 && <Empty say={words.noIncidents} />}
      <ul>
        {joined.map(({ id, title, state, priority, declared, resolved }) => (
          <li key={id} className="border-t border-line py-2 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Link data-row to="/incidents/$id" params={{ id }} className="font-medium">
                [{priority}] {title}
              </Link>
              <Badge state={STATE[state]} word={incidents.states[state]} />
            </p>
            <p className="text-[0.9rem] text-quiet">
              <code>{id}</code> · {times.at(declared)}
              {resolved !== undefined &&
                ` · ${format(words.lasted, { span: times.span((resolved - declared) / 1_000) })}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
