import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { review as reviewOf } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useToday } from "../../app/today.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { doneDeed, type Deed } from "./deeds.ts";
import { lacksOf } from "./lacks.ts";
import { Work } from "./work.tsx";

interface Given {
  readonly incident: IncidentShown;
  readonly onDeed: (deed: Deed) => void;
}

/** What is left to do once it is over: the review, its document, its work. */
export function Review({ incident, onDeed }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const { lang } = usePrefs();
  const { id, state, review, actions } = incident;
  const over = state === "resolved" || state === "closed";
  const page = useQuery({ ...reviewOf(lang, id), enabled: over }).data;
  const today = useToday();
  if (!over && actions.length === 0) return null;
  const lacks = lacksOf(incident, { file: page?.file, today });
  return (
    <Section
      title={words.reviewName}
      aside={review && format(words.reviewLine, { owner: review.owner, due: review.due })}
    >
      {over && (
        <p className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <Badge state={state === "closed" ? "done" : "due"} word={state === "closed" ? words.held : words.owed} />
          <Link to="/incidents/$id/review" params={{ id }}>
            {words.document}
          </Link>
          {page?.file != null && <Place source={{ file: page.file, line: 1 }} />}
        </p>
      )}
      {lacks.length > 0 && (
        <>
          <p className="font-medium">{words.lacks}</p>
          <ul className="mb-3 list-disc pl-6">
            {lacks.map((one) => (
              <li key={one}>{format(words.lack[one], { id })}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className="mb-1 font-medium">{words.actions}</h3>
      {actions.length === 0 && <Empty say={words.noActions} fix={words.noActionsFix} />}
      <Work actions={actions} today={today} onDone={(one) => onDeed(doneDeed(one.id))} />
    </Section>
  );
}
