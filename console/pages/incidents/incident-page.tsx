import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { IncidentChoices, IncidentShown } from "../../../src/api/contract.ts";
import { incident as one, incidents } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Before } from "../changes/before.tsx";
import { About } from "./about.tsx";
import { Act } from "./act.tsx";
import { Clocks } from "./clocks.tsx";
import { deedsFor, type Deed } from "./deeds.ts";
import { STATE } from "./looks.ts";
import { Offers } from "./offers.tsx";
import { Path } from "./path.tsx";
import { Public } from "./public.tsx";
import { Review } from "./review.tsx";
import { Timeline } from "./timeline.tsx";

/** One incident: how long is left, whether users are hit, what to do, who does what, what happened. */
export function IncidentPage(): ReactNode {
  const { lang } = usePrefs();
  const { id = "" } = useParams({ strict: false });
  return (
    <Loaded of={useQuery(one(lang, id))}>
      {(incident) => (
        <>
          <Title>{`[${incident.priority}] ${incident.title}`}</Title>
          <Parts incident={incident} />
        </>
      )}
    </Loaded>
  );
}

function Parts({ incident }: { readonly incident: IncidentShown }): ReactNode {
  const { lang } = usePrefs();
  const choices = useQuery(incidents(lang, true)).data?.choices;
  const [doing, go] = useState<Deed>();
  const over = incident.state === "resolved" || incident.state === "closed";
  return (
    <>
      <Deeds incident={incident} choices={choices} onDeed={go} />
      {over && <Review incident={incident} onDeed={go} />}
      <Path incident={incident} />
      <Offers incident={incident} />
      {!over && <Before until={incident.since} />}
      <About incident={incident} />
      {!over && <Review incident={incident} onDeed={go} />}
      {choices !== undefined && <Public incident={incident} page={choices.page} onDeed={go} />}
      {over && <Before until={incident.since} />}
      <Timeline incident={incident} />
      {doing !== undefined && <Act incident={incident.id} deed={doing} onClose={() => go(undefined)} />}
    </>
  );
}

interface Given {
  readonly incident: IncidentShown;
  readonly choices: IncidentChoices | undefined;
  readonly onDeed: (deed: Deed) => void;
}

function Deeds({ incident, choices, onDeed }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const { state, simulated, id, clocks } = incident;
  return (
    <Section title={words.act.title} aside={<code>{id}</code>}>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Badge state={STATE[state]} word={words.states[state]} />
        {simulated && <Badge state="rehearsal" word={words.simulated} />}
        <Clocks of={clocks} />
      </div>
      <div className="flex flex-wrap gap-2">
        {choices !== undefined &&
          deedsFor(incident, choices).map((deed) => (
            <Button key={deed.name} look={deed.look} onClick={() => onDeed(deed)}>
              {words.act[deed.name]}
            </Button>
          ))}
      </div>
    </Section>
  );
}
