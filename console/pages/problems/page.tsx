import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { ProblemRecordShown } from "../../../src/api/contract.ts";
import { problems } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { STATE } from "./looks.ts";

/** What comes back, until its cause is mended: proposed by watchbook or opened by somebody. */
export function ProblemsPage(): ReactNode {
  const { problems: words } = useTexts();
  const { lang } = usePrefs();
  const [past, setPast] = useState(false);
  const [opening, open] = useState(false);
  return (
    <>
      <Title
        aside={
          <span className="flex flex-wrap gap-2">
            <Button onClick={() => setPast(!past)}>{past ? words.hidePast : words.showPast}</Button>
            <Button onClick={() => open(true)}>{words.openOne}</Button>
          </span>
        }
      >
        {words.title}
      </Title>
      <Loaded of={useQuery(problems(lang, !past))}>
        {({ problems: all }) => {
          const going = all.filter(({ state }) => state !== "closed");
          const closed = all.filter(({ state }) => state === "closed");
          return (
            <>
              <Section title={words.open} aside={going.length}>
                {going.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
                <Rows of={going} />
              </Section>
              {past && (
                <Section title={words.past} aside={closed.length}>
                  <Rows of={closed} />
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
      {opening && (
        <Asking
          title={words.openOne}
          what={words.openWhat}
          asked={[{ as: "title", label: words.field.title, must: true }]}
          path="/api/v1/problems"
          body={{}}
          names={["problems", "status"]}
          onClose={() => open(false)}
        />
      )}
    </>
  );
}

const Rows = ({ of }: { readonly of: readonly ProblemRecordShown[] }): ReactNode => (
  <ul>
    {of.map((one) => (
      <Row key={one.id} problem={one} />
    ))}
  </ul>
);

function Row({ problem }: { readonly problem: ProblemRecordShown }): ReactNode {
  const { problems: words } = useTexts();
  const times = useTimes();
  const { id, title, state, opened, owner, incidents, workaround } = problem;
  const who = owner === undefined ? words.nobody : format(words.ownedBy, { owner });
  return (
    <li className="border-t border-line py-2.5 first:border-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link data-row to="/incidents/problems/$id" params={{ id }} className="font-medium">
          {title}
        </Link>
        <Badge state={STATE[state]} word={words.states[state]} />
      </p>
      <p className="text-[0.9rem] text-quiet">
        <code>{id}</code> · {format(words.since, { at: times.at(opened) })} ·{" "}
        {format(words.count, { count: incidents.length })} · {who}
      </p>
      {workaround !== undefined && (
        <p className="text-[0.9rem]">
          <span className="text-quiet">{words.workaround}:</span> {workaround}
        </p>
      )}
    </li>
  );
}
