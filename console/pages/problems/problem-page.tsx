import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { ProblemPage as Shown } from "../../../src/api/contract.ts";
import { incidents, problem as one } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { deedsFor, type Deed } from "./deeds.ts";
import { Joined } from "./joined.tsx";
import { Known } from "./known.tsx";
import { STATE } from "./looks.ts";
import { Proposal } from "./proposal.tsx";
import { Todo } from "./todo.tsx";

/** One problem: what to do, what is known of it, its incidents and their work, what the manual should say. */
export function ProblemPage(): ReactNode {
  const { lang, texts } = usePrefs();
  const { problems: words } = texts;
  const { id = "" } = useParams({ strict: false });
  return (
    <Loaded of={useQuery(one(lang, id))}>
      {(problem) => (
        <>
          <Title aside={<Link to="/incidents/problems">{words.title}</Link>}>{problem.title}</Title>
          <Deeds problem={problem} />
          <Known problem={problem} />
          <Joined problem={problem} />
          <Todo problem={problem} />
          <Proposal problem={problem} />
        </>
      )}
    </Loaded>
  );
}

function Deeds({ problem }: { readonly problem: Shown }): ReactNode {
  const { problems: words } = useTexts();
  const { lang } = usePrefs();
  const now = useQuery(incidents(lang, false)).data;
  const [doing, go] = useState<Deed>();
  const { id, state, owner } = problem;
  return (
    <Section title={words.act.title} aside={<code>{id}</code>}>
      <p className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Badge state={STATE[state]} word={words.states[state]} />
        <span className="text-quiet">{owner === undefined ? words.nobody : format(words.ownedBy, { owner })}</span>
      </p>
      {state === "closed" && <p className="text-quiet">{words.isClosed}</p>}
      <div className="flex flex-wrap gap-2">
        {now !== undefined &&
          deedsFor(problem, now.choices, now.incidents).map((deed) => (
            <Button key={deed.name} look={deed.look} onClick={() => go(deed)}>
              {words.act[deed.name]}
            </Button>
          ))}
      </div>
      {doing !== undefined && (
        <Asking
          title={words.act[doing.name]}
          what={words.what[doing.name]}
          asked={doing.asked.map(({ label, ...rest }) => ({ ...rest, label: words.field[label] }))}
          path={`/api/v1/problems/${encodeURIComponent(id)}/actions`}
          body={{ do: doing.name }}
          names={["problems", "incidents", "status", "events"]}
          onClose={() => go(undefined)}
        />
      )}
    </Section>
  );
}
