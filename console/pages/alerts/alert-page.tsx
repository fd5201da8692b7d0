import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { alertWhy, services } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { Title } from "../../ui/title.tsx";
import { decisionSay } from "./decision.ts";
import { Fact, Facts } from "../settings/facts.tsx";
import { ownerIn } from "../services/owner.ts";
import { Before } from "../changes/before.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Row } from "./row.tsx";
import { NotTold, Told } from "./told.tsx";

/** One alert: what, where in the manual, who was told and who was not, what was decided. */
export function AlertPage(): ReactNode {
  const { alerts: words, incidents } = useTexts();
  const { id = "" } = useParams({ strict: false });
  const known = useRead(services).data?.services ?? [];
  return (
    <Loaded of={useRead((lang) => alertWhy(lang, id))}>
      {(why) => (
        <>
          <Title>{`[${why.alert.severity}] ${why.alert.title}`}</Title>
          <Section title={why.alert.ended === undefined ? words.open : words.past}>
            <Dialogs>
              <ul>
                <Row alert={why.alert} />
              </ul>
            </Dialogs>
            <div className="mt-2">
              <Facts>
                {why.alert.form !== "channel" && why.alert.outside === undefined && (
                  <Fact name={words.measured}>
                    <Link
                      to="/services/$id"
                      params={{ id: ownerIn(known, why.alert.service) }}
                      search={{ check: why.alert.check }}
                    >
                      {[why.alert.service, why.alert.check].filter(Boolean).join(" · ")}
                    </Link>
                  </Fact>
                )}
                {why.alert.source !== undefined && (
                  <Fact name={words.manual}>
                    <Sentence source={why.alert.source} />
                  </Fact>
                )}
                {why.alert.runbook !== undefined && (
                  <Fact name={words.runbook}>
                    <Link to="/runs/new/$runbook" params={{ runbook: why.alert.runbook }}>
                      {why.alert.runbook}
                    </Link>
                  </Fact>
                )}
              </Facts>
            </div>
            {why.alert.ended === undefined && (
              <p className="mt-3">
                <Link to="/incidents" search={{ alert: why.alert.id }}>
                  {incidents.declareAlert}
                </Link>
              </p>
            )}
          </Section>
          <Told why={why} />
          <NotTold why={why} />
          <Before until={why.alert.started} />
          <Section title={words.trail}>
            <ol>
              {why.alert.trail.map(({ at, did, args }) => (
                <li key={`${at} ${did}`} className="flex flex-wrap gap-x-3 py-1">
                  <span className="text-quiet">
                    <Moment at={at} />
                  </span>
                  <span>{decisionSay({ did, args }, words)}</span>
                </li>
              ))}
            </ol>
          </Section>
        </>
      )}
    </Loaded>
  );
}
