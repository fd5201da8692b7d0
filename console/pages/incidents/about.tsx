import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "../settings/facts.tsx";

/** Only an address of the web is made a link, whatever the book says. */
const isWeb = (address: string): boolean => /^https?:\/\//i.test(address);

/** Since when, by whom, who does what; alerts, runs, room, procedure, problem. */
export function About({ incident }: { readonly incident: IncidentShown }): ReactNode {
  const { incidents: words } = useTexts();
  const times = useTimes();
  const { declared, by, service, roles, room, sop, alerts, runs, problem, evidence } = incident;
  return (
    <Section title={words.about} aside={`${format(words.by, { by })} · ${times.at(declared)}`}>
      <Facts>
        {service !== undefined && (
          <Fact name={words.service}>
            <Link to="/services/$id" params={{ id: service }}>
              {service}
            </Link>
          </Fact>
        )}
        <Fact name={words.roles}>
          {Object.entries(roles)
            .map(([role, person]) => `${role}: ${person}`)
            .join(" · ") || words.nobody}
        </Fact>
        {room !== undefined && (
          <Fact name={words.room}>
            {isWeb(room) ? (
              <a href={room} rel="noreferrer" target="_blank">
                {room}
              </a>
            ) : (
              room
            )}
          </Fact>
        )}
        {sop !== undefined && (
          <Fact name={words.sop}>
            <Place source={{ file: sop.file, line: 1 }} />
          </Fact>
        )}
        {alerts.length > 0 && (
          <Fact name={words.alerts}>
            <ul>
              {alerts.map(({ id, title, target, ended }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-2">
                  <Link to="/alerts/$id" params={{ id }}>
                    {title}
                  </Link>
                  {target} {ended === undefined ? <Badge state="error" word={words.fires} /> : <Badge state="over" />}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {runs.length > 0 && (
          <Fact name={words.runs}>
            {runs.map((id) => (
              <Link key={id} to="/runs/$id" params={{ id }} className="mr-3">
                {id}
              </Link>
            ))}
          </Fact>
        )}
        {problem !== undefined && (
          <Fact name={words.problem}>
            <Link to="/incidents/problems/$id" params={{ id: problem }}>
              {problem}
            </Link>
          </Fact>
        )}
        {evidence !== undefined && (
          <Fact name={words.evidence}>
            <code>{evidence}</code>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}
