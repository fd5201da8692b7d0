import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { incidents } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Declare } from "./declare.tsx";
import { Row } from "./row.tsx";

/** What goes on, the worst and what is due first; what is over and owes a review; what is closed. */
export function IncidentsPage(): ReactNode {
  const { incidents: words } = useTexts();
  const { lang } = usePrefs();
  const { alert } = useSearch({ strict: false });
  const [past, setPast] = useState(false);
  const [declaring, declare] = useState(alert !== undefined);
  const navigate = useNavigate();
  const close = (): void => {
    declare(false);
    if (alert !== undefined) void navigate({ to: "/incidents", replace: true });
  };
  return (
    <>
      <Title
        aside={
          <span className="flex flex-wrap items-center gap-2">
            <Link to="/incidents/problems">{words.problems}</Link>
            <Button onClick={() => setPast(!past)}>{past ? words.hidePast : words.showPast}</Button>
            <Button look="danger" onClick={() => declare(true)}>
              {words.declare}
            </Button>
          </span>
        }
      >
        {words.title}
      </Title>
      <Loaded of={useQuery(incidents(lang, !past))}>
        {({ incidents: all, choices }) => {
          const going = sorted(all.filter(({ state }) => state === "confirming" || state === "open"));
          return (
            <>
              <Section title={words.open} aside={going.length}>
                {going.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
                <Rows of={going} />
              </Section>
              <Part title={words.review} of={all.filter(({ state }) => state === "resolved")} />
              {past && <Part title={words.past} of={all.filter(({ state }) => state === "closed")} />}
              {declaring && <Declare alert={alert} choices={choices} onClose={close} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

/** The worst first; of the same priority what is due first. */
const dueOf = ({ clocks }: IncidentShown): number =>
  Math.min(...clocks.filter(({ stopped }) => !stopped).map(({ due = Infinity }) => due));
const sorted = (all: readonly IncidentShown[]): readonly IncidentShown[] =>
  all.toSorted((a, b) => a.rank - b.rank || Math.sign(dueOf(a) - dueOf(b)) || b.declared - a.declared);

function Part({ title, of }: { readonly title: string; readonly of: readonly IncidentShown[] }): ReactNode {
  if (of.length === 0) return null;
  return (
    <Section title={title} aside={of.length}>
      <Rows of={of} />
    </Section>
  );
}

const Rows = ({ of }: { readonly of: readonly IncidentShown[] }): ReactNode => (
  <ul>
    {of.map((one) => (
      <Row key={one.id} incident={one} />
    ))}
  </ul>
);
