import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { alertWhy } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { wordOf } from "../../ui/word.ts";
import { Row } from "./row.tsx";
import { NotTold, Told } from "./told.tsx";

/** One alert: what, where in the manual, who was told and who was not, what was decided. */
export function AlertPage(): ReactNode {
  const { alerts: words, incidents } = useTexts();
  const { id = "" } = useParams({ strict: false });
  return (
    <Loaded of={useRead((lang) => alertWhy(lang, id))}>
      {(why) => (
        <>
          <Title>{`[${why.alert.severity}] ${why.alert.title}`}</Title>
          <Section title={why.alert.ended === undefined ? words.open : words.past}>
            <ul>
              <Row alert={why.alert} />
            </ul>
            <dl className="mt-2 grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
              {why.alert.source !== undefined && (
                <>
                  <dt className="text-quiet">{words.manual}</dt>
                  <dd>
                    <Place source={why.alert.source} />
                  </dd>
                </>
              )}
              {why.alert.runbook !== undefined && (
                <>
                  <dt className="text-quiet">{words.runbook}</dt>
                  <dd>
                    <code>{why.alert.runbook}</code>
                  </dd>
                </>
              )}
            </dl>
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
          <Section title={words.trail}>
            <ol>
              {why.alert.trail.map(({ at, did, args }) => (
                <li key={`${at} ${did}`} className="flex flex-wrap gap-x-3 py-1">
                  <span className="text-quiet">
                    <Moment at={at} />
                  </span>
                  <span>
                    {wordOf(words.did, did)} <span className="text-quiet">{String(args["by"] ?? "")}</span>
                  </span>
                </li>
              ))}
            </ol>
          </Section>
        </>
      )}
    </Loaded>
  );
}
